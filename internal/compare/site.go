package compare

// A Site is what every page says about who publishes it.
type Site struct {
	Name      string
	Line      string   // the base line under the name
	Author    string   // "" hides it
	Contact   string   // a mailto: or https: address; "" hides it
	Interests []string // interests declared, each a sentence; empty means none are declared yet
}

// A Page is one of the fixed pages, such as the method.
type Page struct {
	Name     string // last part of its path
	Title    string
	Summary  string
	Body     HTML
	Headings []Heading
	Updated  Date
}
