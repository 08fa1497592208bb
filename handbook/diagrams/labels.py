def break_label(text, language, width): return text
