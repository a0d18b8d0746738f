# The Go release is that of go.mod; a test compares them.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -pgo=cmd/tiebreak/serve.pgo -ldflags='-s -w' -o /tiebreak ./cmd/tiebreak

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /tiebreak /tiebreak
USER 65532:65532
ENV TIEBREAK_ADDR=:8080
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s CMD ["/tiebreak", "healthcheck"]
ENTRYPOINT ["/tiebreak"]
CMD ["serve"]
