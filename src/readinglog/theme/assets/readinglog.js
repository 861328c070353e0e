// From any page: `/` or `s` opens the search, and a link to it stands at the head of the page.

const search = new URL("../search/", document.currentScript.src);
const typing = (element) => element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName);

addEventListener("keydown", (event) => {
  if (!["/", "s"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  event.preventDefault();
  const box = document.querySelector(".rl-search input");
  box ? (box.focus(), box.select()) : location.assign(search);
});

addEventListener("DOMContentLoaded", () => {
  const link = Object.assign(document.createElement("a"), { className: "rl-to-search", href: search.href, textContent: "Search" });
  link.append(Object.assign(document.createElement("kbd"), { textContent: "/" }));
  document.querySelector(".md-header__inner .md-header__title")?.after(link);
});
