// What pages call the values of the search language: those of a log's own fields as they are written.

import { t } from "./messages.js";

/** @type {Record<string, string>} */
const NAMES = {
  paper: t("paper"),
  post: t("post"),
  talk: t("talk"),
  podcast: t("podcast"),
  thread: t("thread"),
  book: t("book"),
  code: t("code"),
  docs: t("docs"),
  dataset: t("dataset"),
  idea: t("idea"),
  topic: t("topic"),
  "to-read": t("to-read"),
  reading: t("reading"),
  read: t("read"),
  orphan: t("orphan"),
  math: t("math"),
  tag: t("tag"),
  author: t("author"),
  venue: t("venue"),
  filter: t("filter"),
  page: t("page"),
  field: t("field"),
  builds_on: t("builds on"),
  disputes: t("disputes"),
  supersedes: t("supersedes"),
  replicates: t("replicates"),
};

/** @param {string} value */
export const nameValue = (value) => (Object.hasOwn(NAMES, value) ? NAMES[value] : value);
