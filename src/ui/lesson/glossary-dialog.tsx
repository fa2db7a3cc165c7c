/** The whole glossary, with a line to find a term in it. */
import { useEffect, useState } from 'react';
import { spokenLanguage, t, textOf } from '../../i18n/translate';
import type { GlossaryTerm } from '../../lessons/glossary/glossary';
import { Sheet } from '../shell/sheet';
import { useSession } from '../state/session';
import { loadGlossary, useGlossary } from './glossary';
import './glossary.css';

const isChinese = (name: string): boolean => /[\u4e00-\u9fff]/.test(name);

/** What a term is called in the language that is spoken, and in the other one. */
function headOf({ names }: GlossaryTerm): { readonly name: string; readonly other: string } {
  const [english = ''] = names;
  const chinese = names.find(isChinese) ?? '';
  return spokenLanguage() === 'zh' && chinese !== '' ? { name: chinese, other: english } : { name: english, other: '' };
}

/** See the header. */
export default function GlossaryDialog() {
  const glossary = useGlossary((state) => state.glossary);
  const [wanted, setWanted] = useState('');
  useEffect(() => void loadGlossary(), []);
  const sought = wanted.trim().toLowerCase();
  const terms = (glossary?.terms ?? [])
    .filter((term) => [...term.names, textOf(term.meaning)].some((text) => text.toLowerCase().includes(sought)))
    .map((term) => ({ ...headOf(term), term }))
    .sort((a, b) => a.name.localeCompare(b.name, spokenLanguage()));
  return (
    <Sheet
      title={t('glossary.title')}
      className="grade-sheet glossary-sheet"
      onClose={() => useSession.setState({ glossaryOpen: false })}
    >
      <div className="sheet-body">
        <input
          className="field"
          type="search"
          aria-label={t('glossary.find')}
          placeholder={t('glossary.find')}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <dl className="glossary-terms">
          {terms.map(({ name, other, term }) => (
            <div key={term.names[0]} className="glossary-term">
              <dt>
                {name}
                {other && <small className="quiet">{other}</small>}
              </dt>
              <dd>{textOf(term.meaning)}</dd>
            </div>
          ))}
        </dl>
        {glossary && terms.length === 0 && <p className="quiet">{t('glossary.none')}</p>}
      </div>
    </Sheet>
  );
}
