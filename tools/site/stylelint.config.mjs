/** @type {import("stylelint").Config} */
export default {
  extends: "stylelint-config-standard",
  rules: {
    // It compares selectors of parts that never meet, and would have the sheet
    // ordered by specificity instead of by page.
    "no-descending-specificity": null,
  },
};
