"""Charts and maps, drawn as SVG when the site is built."""
