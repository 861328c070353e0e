"""From a notebook to a site: pages, charts, social cards, and the engines that write them."""
