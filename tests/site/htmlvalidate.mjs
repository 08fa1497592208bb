// Rules for the HTML of the built site (https://html-validate.org/rules/): all that are recommended.
// Whatever is off has its reason here.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // How HTML is written: right either way, and decided by Sphinx, docutils and Furo.
    "attribute-boolean-style": "off",
    "doctype-style": "off",
    "no-implicit-input-type": "off",
    "no-inline-style": "off",
    "no-trailing-whitespace": "off",
    "void-style": "off",
    // Furo's ids __navigation and __toc are valid HTML, only awkward in CSS.
    "valid-id": ["error", { relaxed: true }],
    // Furo's buttons stand outside forms, where the type makes no difference.
    "no-implicit-button-type": "off",
    // Furo writes <div role="main">, which means the same as <main>.
    "prefer-native-element": "off",
    // Furo's search field has no button: Enter sends it, as in other search fields.
    "wcag/h32": "off",
    // A <th> in <thead> is the heading of its column without `scope`, too; docutils writes no other headings.
    "wcag/h63": "off",
  },
};
