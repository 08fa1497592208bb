// Sphinx makes a function from text for each language's plural forms, which the Content Security Policy forbids. Nothing needs it.
Documentation.addTranslations = ({ messages }) => Object.assign(Documentation.TRANSLATIONS, messages);
