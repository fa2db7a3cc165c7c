/** A text in both languages, as *Record a lesson* asks for it. */
import { t } from '../../i18n/translate';
import type { Words } from '../../lessons/record';

const LANGUAGES = ['en', 'zh'] as const;

interface WordsProps {
  readonly label: string;
  readonly rows: number;
  readonly words: Words;
  readonly write: (words: Words) => void;
}

/** See the header. */
export function WordsFields({ label, rows, words, write }: WordsProps) {
  return (
    <fieldset className="record-both">
      <legend>{label}</legend>
      {LANGUAGES.map((language) => {
        const written = {
          'aria-label': `${label} (${t(`record.${language}`)})`,
          placeholder: t(`record.${language}`),
          lang: language,
          value: words[language],
        };
        const writeOne = (value: string) => write({ ...words, [language]: value });
        return rows === 1 ? (
          <input key={language} className="field" {...written} onChange={(event) => writeOne(event.target.value)} />
        ) : (
          <textarea
            key={language}
            className="field nokey"
            rows={rows}
            {...written}
            onChange={(event) => writeOne(event.target.value)}
          />
        );
      })}
    </fieldset>
  );
}
