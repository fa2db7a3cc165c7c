/** Goes on to the next language; its label is that language's name in itself. */
import { chooseLanguage, languages, useLanguage } from './language';

/** See the header. */
export function LanguageButton() {
  const language = useLanguage((state) => state.language);
  const all = languages();
  const at = all.findIndex(([tag]) => tag === language);
  const [next, name] = all[(at + 1) % all.length]!;
  return (
    <button
      type="button"
      className="header-link header-language"
      lang={next}
      aria-label={name}
      data-short={name.slice(0, 2).toUpperCase()}
      onClick={() => void chooseLanguage(next)}
    >
      <b>{name}</b>
    </button>
  );
}
