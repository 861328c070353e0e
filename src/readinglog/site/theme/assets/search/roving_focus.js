// Arrow keys in a list: Tab reaches one of its buttons, and leaves the list again. Up and down, Home
// and End go from row to row, left and right from button to button of a row.

const ROWS = ".rl-facet, .rl-show-all";
/** @type {Record<string, (at: number, last: number) => number>} */
const ROW_KEYS = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};
/** @type {Record<string, number>} */
const BUTTON_STEPS = { ArrowRight: 1, ArrowLeft: -1 };

export class RovingFocus {
  /** @param {HTMLElement} list */
  constructor(list) {
    this.list = list;
    /** @type {HTMLElement | undefined} The button that Tab reaches. */
    this.stop = undefined;
    list.addEventListener("keydown", (event) => this.onKey(event));
    list.addEventListener("focusin", (event) => {
      this.setStop(/** @type {HTMLElement} */ (event.target));
    });
  }

  /** Have a button that Tab reaches, after rows were added, shown or hidden. */
  update() {
    if (this.stop && this.list.contains(this.stop) && this.isShown(this.stop)) return;
    const [first] = this.listRows();
    this.setStop(first && mainButtonOf(first));
  }

  /** @param {HTMLElement | undefined} button */
  setStop(button) {
    if (this.stop) this.stop.tabIndex = -1;
    this.stop = button;
    if (button) button.tabIndex = 0;
  }

  listRows() {
    /** @type {NodeListOf<HTMLElement>} */
    const rows = this.list.querySelectorAll(ROWS);
    return [...rows].filter((row) => this.isShown(row));
  }

  /**
   * Return whether an element of the list is shown where the list is.
   * @param {Element} element
   */
  isShown(element) {
    return !this.list.contains(element.closest("[hidden]"));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const focused = /** @type {HTMLElement} */ (event.target);
    const target = this.findTarget(focused, event.key);
    if (!target) return;
    event.preventDefault();
    target.focus();
  }

  /**
   * Return the button that a key leads to from another; undefined where it leads nowhere.
   * @param {HTMLElement} focused
   * @param {string} key
   */
  findTarget(focused, key) {
    /** @type {HTMLElement | null} */
    const row = focused.closest(ROWS);
    if (!row) return undefined;
    const rows = this.listRows();
    const next = ROW_KEYS[key]?.(rows.indexOf(row), rows.length - 1);
    if (next !== undefined) return mainButtonOf(rows[next]);
    const step = BUTTON_STEPS[key];
    const buttons = [...row.querySelectorAll("button")].filter((button) => this.isShown(button));
    return step ? buttons.find((_, at) => buttons[at - step] === focused) : undefined;
  }
}

/**
 * Return the button of a row that chooses its value.
 * @param {HTMLElement} row
 * @returns {HTMLElement}
 */
const mainButtonOf = (row) => row.querySelector(".rl-facet-toggle") ?? row;
