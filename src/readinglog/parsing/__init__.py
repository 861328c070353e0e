"""From text to the model: front matter, links, headings, math; and the Markdown extension."""
