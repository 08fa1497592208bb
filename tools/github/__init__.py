"""What the workflows of GitHub Actions need beside `make`. Only the standard library and GitHub's own `gh` are used."""
