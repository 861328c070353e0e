// What pages need of Material's script, in place of it: the colour scheme and the switch for it, the
// mark of the focus, and folded parts that open. The setting is stored as Material stores it, so that
// a site may go from one script to the other. It is no module: the scheme is there before the first
// paint.

{
  /** Choose the colour scheme: the stored one, or the first that fits the system. */
  const enablePalette = () => {
    const isOwn = document.currentScript?.hasAttribute("data-switch"); // else the theme's, or none
    const form = isOwn ? addSwitch() : document.querySelector("[data-md-component=palette]");
    const options = [...(form?.querySelectorAll("input") ?? [])];
    if (!form || options.length === 0) return;
    const light = matchMedia("(prefers-color-scheme: light)");
    let chosen = options[readIndex(options)];

    const show = () => {
      const color = describeOption(chosen);
      if (color.media === SYSTEM) {
        const media = `(prefers-color-scheme: ${light.matches ? "light" : "dark"})`;
        const followed = options.find((option) => option.dataset.mdColorMedia === media);
        if (followed) Object.assign(color, describeOption(followed), { media: color.media });
      }
      paint(color);
      for (const option of options) {
        option.checked = option === chosen;
        const label = option.nextElementSibling;
        if (label instanceof HTMLElement) label.hidden = option !== chosen;
      }
      storeChoice({ index: options.indexOf(chosen), color });
    };

    form.addEventListener("change", ({ target }) => {
      chosen = options.find((option) => option === target) ?? chosen;
      show();
    });
    form.addEventListener("keydown", (event) => {
      if (/** @type {KeyboardEvent} */ (event).key !== "Enter") return;
      event.preventDefault();
      chosen = options[(options.indexOf(chosen) + 1) % options.length];
      chosen.focus();
      show();
    });
    light.addEventListener("change", show);
    show();
  };

  /** @param {string} text */
  const t = (text) => text;

  const SYSTEM = "(prefers-color-scheme)";

  /** The options of the switch, each with what it says of itself and the path of its icon. */
  const SCHEMES = [
    {
      media: SYSTEM,
      scheme: "default",
      name: t("System's scheme (choose light)"),
      icon: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18m0 2v14a7 7 0 0 1 0-14",
    },
    {
      media: "(prefers-color-scheme: light)",
      scheme: "default",
      name: t("Light scheme (choose dark)"),
      icon:
        "M12 7.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M11 1h2v4h-2zm0 18h2v4h-2zM1 11h4v2H1zm18 0h4v2h-4z" +
        "M5 4l3 3-1 1-3-3zm12 12l3 3-1 1-3-3zm2-12l1 1-3 3-1-1zM7 16l1 1-3 3-1-1z",
    },
    {
      media: "(prefers-color-scheme: dark)",
      scheme: "slate",
      name: t("Dark scheme (choose system's)"),
      icon: "M9.8 2.6A9.7 9.7 0 1 0 21.4 14.2 8 8 0 0 1 9.8 2.6",
    },
  ];

  /** Add the switch between the schemes, in the form of the theme's; its pages do not repeat it. */
  const addSwitch = () => {
    const { mdColorPrimary, mdColorAccent } = document.body.dataset;
    const form = document.createElement("form");
    form.className = "md-header__option";
    form.dataset.mdComponent = "palette";
    SCHEMES.forEach(({ media, scheme, name, icon }, at) => {
      const input = document.createElement("input");
      Object.assign(input, { className: "md-option", type: "radio", name: "__palette" });
      input.id = `__palette_${at}`;
      input.setAttribute("aria-label", name);
      const colors = { mdColorMedia: media, mdColorScheme: scheme, mdColorPrimary, mdColorAccent };
      Object.assign(input.dataset, colors);
      const label = document.createElement("label");
      Object.assign(label, { className: "md-header__button md-icon", title: name, hidden: true });
      label.htmlFor = `__palette_${(at + 1) % SCHEMES.length}`;
      label.append(drawIcon(icon));
      form.append(input, label);
    });
    document.querySelector(".md-header__inner")?.append(form);
    return form;
  };

  /** @param {string} path */
  const drawIcon = (path) => {
    const [svg, shape] = ["svg", "path"].map((name) =>
      document.createElementNS("http://www.w3.org/2000/svg", name),
    );
    svg.setAttribute("viewBox", "0 0 24 24");
    shape.setAttribute("d", path);
    svg.append(shape);
    return svg;
  };

  /**
   * Give the page its colours, at once, and the browser's own parts theirs.
   * @param {Record<string, string>} color
   */
  const paint = (color) => {
    const { body } = document;
    // Without transitions; that has all styles found again, so not where the colours stay.
    const isSwitching = color.scheme !== body.dataset.mdColorScheme;
    if (isSwitching) body.dataset.mdColorSwitching = "";
    for (const [name, value] of Object.entries(color)) {
      body.setAttribute(`data-md-color-${name}`, value);
    }
    const header = document.querySelector(".md-header");
    if (header) {
      const { backgroundColor, colorScheme } = getComputedStyle(header);
      setMeta("theme-color", backgroundColor);
      setMeta("color-scheme", colorScheme);
    }
    if (isSwitching) setTimeout(() => body.removeAttribute("data-md-color-switching"));
  };

  /**
   * @param {string} name
   * @param {string} content
   */
  const setMeta = (name, content) => {
    const found = document.querySelector(`meta[name="${name}"]`);
    const meta = found ?? document.head.appendChild(document.createElement("meta"));
    Object.assign(meta, { name, content });
  };

  /** @param {HTMLInputElement} option */
  const describeOption = ({ dataset }) => ({
    media: dataset.mdColorMedia ?? "",
    scheme: dataset.mdColorScheme ?? "",
    primary: dataset.mdColorPrimary ?? "",
    accent: dataset.mdColorAccent ?? "",
  });

  /** The key of the choice, as Material's script has it: by the root of the site. */
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const KEY = `${new URL("../", src).pathname}.__palette`;

  /** @param {HTMLInputElement[]} options */
  const readIndex = (options) => {
    let index = options.findIndex(({ dataset }) => matchMedia(dataset.mdColorMedia ?? "").matches);
    try {
      index = JSON.parse(localStorage.getItem(KEY) ?? "null")?.index ?? index;
    } catch {
      // storage is blocked, or holds something else
    }
    return Math.max(0, Math.min(Number(index) || 0, options.length - 1));
  };

  /** @param {unknown} choice */
  const storeChoice = (choice) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(choice));
    } catch {
      // storage is blocked: the choice lasts as long as the page
    }
  };

  /** Mark what has the focus by key: the theme's styles know that by a class. */
  const markFocus = () => {
    /** @param {Event} event */
    const mark = ({ target }) => {
      if (!(target instanceof Element)) return;
      target.classList.toggle("focus-visible", target.matches(":focus-visible"));
    };
    for (const name of ["focusin", "focusout", "keydown"]) addEventListener(name, mark);
  };

  /** Let the keyboard fold the sections of the navigation, as a click does. */
  const enableSections = () => {
    for (const box of document.querySelectorAll(".md-toggle--indeterminate")) {
      if (box instanceof HTMLInputElement) box.indeterminate = true; // unfolded in a wide window
      box.addEventListener("change", () => box.classList.remove("md-toggle--indeterminate"));
    }
    for (const label of document.querySelectorAll("label[tabindex]")) {
      const box = label instanceof HTMLLabelElement ? label.control : null;
      const list = document.querySelector(`[aria-labelledby="${CSS.escape(label.id)}"]`);
      if (!(box instanceof HTMLInputElement)) continue;
      box.addEventListener("change", () => list?.setAttribute("aria-expanded", `${box.checked}`));
    }
    addEventListener("keydown", (event) => {
      const { target, key } = event;
      if (!(target instanceof HTMLLabelElement) || (key !== "Enter" && key !== " ")) return;
      event.preventDefault();
      target.click();
    });
  };

  /** Unfold what an address leads into, choose a tab that it names, and unfold all that is printed. */
  const enableFolds = () => {
    const unfold = () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const isTab = target instanceof HTMLInputElement && target.name.startsWith("__tabbed_");
      if (isTab) target.checked = true;
      const fold = target?.closest("details:not([open])");
      if (!fold) return;
      fold.setAttribute("open", "");
      target?.scrollIntoView();
    };
    /** @type {Element[]} */
    let unfolded = [];
    addEventListener("beforeprint", () => {
      unfolded = [...document.querySelectorAll(".md-content details:not([open])")];
      for (const fold of unfolded) fold.setAttribute("open", "");
    });
    addEventListener("afterprint", () => {
      for (const fold of unfolded) fold.removeAttribute("open");
    });
    addEventListener("hashchange", unfold);
    unfold();
  };

  for (const start of [enablePalette, markFocus, enableSections, enableFolds]) {
    try {
      start();
    } catch (error) {
      console.error(error); // the other features do not depend on it
    }
  }
}
