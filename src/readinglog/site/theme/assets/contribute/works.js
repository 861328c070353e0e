// The works that are in the log: what a name, a title or an address means; the other half is readinglog/index.py.

import { Names } from "../search/names.js";
import { fold } from "../search/words.js";
import { whole } from "./patterns.js";

const SAME_TITLE = 0.92, TELLING = 4;

export class Works {
  constructor(entries, patterns) {
    Object.assign(this, { arxiv: whole(patterns.arxiv), doi: whole(patterns.doi), address: whole(patterns.address), tracking: whole(patterns.tracking) });
    [this.byName, this.byTitle, this.byFormer, this.byKey] = [new Map(), new Map(), new Map(), new Map()];
    [this.byTitleKey, this.byShort, this.titles] = [new Map(), new Map(), new Map()];
    const add = (map, key, name) => key && !map.has(key) && map.set(key, name);
    for (const [name, title, aliases, former, keys] of entries) {
      this.titles.set(name, title);
      add(this.byName, fold(name), name);
      for (const word of [title, ...aliases]) add(this.byTitle, fold(word), name);
      for (const old of former) add(this.byFormer, fold(old), name);
      for (const key of keys) add(this.byKey, key, name);
      add(this.byTitleKey, titleKey(title), name);
      add(this.byShort, titleKey(shortTitle(title)), name);
    }
    this.paths = entries.map(([name, , , , , path]) => [`/${fold(path)}`, name]);
    this.aliases = new Map(entries.map(([name, , aliases]) => [name, new Set(aliases.map(fold))]));
    this.names = new Names(entries.flatMap(([name, title, aliases]) => [name, title, ...aliases]));
    this.titleKeys = new Names(this.byTitleKey.keys());
  }

  /** The key under which a work is known: `arxiv:…`, `doi:…` or a normalised address, with the title if that is a site's front page. */
  key(text, title = "") {
    const id = this.arxiv.exec(text.trim()), doi = this.doi.exec(text.trim());
    if (id) return `arxiv:${id[1].toLowerCase()}`;
    if (doi) return `doi:${doi[1].toLowerCase()}`;
    const [, host = "", path = "", query = "", fragment = ""] = this.address.exec(text.trim()) ?? [];
    const kept = query.split("&").filter((pair) => pair && !this.tracking.test(pair)).sort().join("&");
    const place = host.toLowerCase().split("@").pop().replace(/^www\.|:(?:443|80)$/g, "");
    const within = `${path.replace(/\/(?:index\.html?)?$/, "")}${kept && `?${kept}`}${fragment && `#${fragment}`}`;
    return within ? place + within : `${place} ${fold(title)}`.trimEnd();
  }

  /** The name of the note that is about this work, if there is one. */
  about(text) {
    return this.byKey.get(this.key(text));
  }

  /** The name of the note whose title, but for marks and slips, or for what follows its colon, is this one, or which is called so. */
  titledLike(title) {
    const key = titleKey(title);
    const same = this.byTitleKey.get(key) ?? this.byTitleKey.get(this.titleKeys.nearest(key, SAME_TITLE));
    const telling = shortTitle(title).split(/\s+/).length >= TELLING ? titleKey(shortTitle(title)) : key;
    return same ?? this.byName.get(fold(title)) ?? this.byTitle.get(fold(title)) ?? this.byShort.get(telling);
  }

  /** The name of the note that a link or relation means, if there is one. */
  named(target) {
    const cited = /^(?:arxiv|doi):\s*(.+)$/i.exec(target);
    if (cited) return this.about(cited[1]);
    const plain = fold(target.replace(/\.md$/i, ""));
    return this.at(plain) ?? this.byName.get(plain) ?? this.byTitle.get(fold(target)) ?? this.byFormer.get(plain);
  }

  /** The name of the note at a path, or at the end of one, if `target` is one. */
  at(target) {
    const steps = target.split("/").filter((step) => step && step !== ".");
    return target.includes("/") ? this.paths.find(([path]) => path.endsWith(`/${steps.join("/")}`))?.[1] : undefined;
  }
}

export const shortTitle = (title) => title.split(": ")[0];
const titleKey = (title) => (fold(title).match(/[\p{L}\p{N}]+/gu) ?? []).join("-");
