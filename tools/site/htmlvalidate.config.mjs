/** @type {import("html-validate").ConfigData} */
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  // The standard does not count details as sectioning content, so that it may
  // stand in the header of a row.
  elements: ["html5", { details: { sectioning: false } }],
  rules: {
    // Matters of taste that the generator of the markup decides.
    "attribute-boolean-style": "off",
    "doctype-style": "off",
    // What is loaded comes from the same server.
    "require-sri": "off",
    // The summary of errors comes before the heading of the page, with its own.
    "heading-level": ["error", { sectioningRoots: ["dialog", '[role="dialog"]', '[role="alertdialog"]', '[role="alert"]'], minSectioningRootInitialRank: "h2" }],
    // A search engine cuts what is longer: ours begin with what tells pages apart.
    "long-title": ["error", { maxlength: 90 }],
    // A part that scrolls by itself is a region, whichever element it is.
    "prefer-native-element": ["error", { exclude: ["region"] }],
  },
};
