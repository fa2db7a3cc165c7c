/** What a link is to carry, to be ticked: only what there is. */
import { t } from '../../i18n/translate';
import { parseRowId } from '../../view/rows';
import { languages, useLanguage } from '../shell/language';
import type { SessionState } from '../state/session';
import { momentText } from '../timeline/time-text';
import type { Wishes } from './make-link';

interface Props {
  readonly shown: SessionState;
  readonly wishes: Wishes;
  readonly onChange: (wishes: Wishes) => void;
}

const PLACES = ['moment', 'start'] as const;

/** See the header. */
export function WishList({ shown, wishes, onChange }: Props) {
  const { selected, branches, cursor } = shown;
  const language = useLanguage((state) => state.language);
  const { kind, name } = parseRowId(selected ?? '');
  const ownName = languages().find(([tag]) => tag === language)?.[1] ?? language;
  const further: readonly (readonly [key: 'select' | 'view' | 'branches' | 'lang', words: string, isThere: boolean])[] =
    [
      ['select', t('share.select', { what: `${kind} ${name}` }), selected !== null],
      ['view', t('share.view'), true],
      ['branches', t('share.branches', { count: branches.length }), branches.length > 1],
      ['lang', t('share.lang', { name: ownName }), true],
    ];
  return (
    <div className="share-wishes">
      <fieldset>
        <legend>{t('share.opens')}</legend>
        {PLACES.map((place) => (
          <label key={place}>
            <input
              type="radio"
              name="share-opens"
              checked={wishes.opensAt === place}
              onChange={() => onChange({ ...wishes, opensAt: place })}
            />
            {t(`share.${place}`, { moment: momentText(cursor.timeMs) })}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t('share.with')}</legend>
        {further
          .filter(([, , isThere]) => isThere)
          .map(([key, words]) => (
            <label key={key}>
              <input
                type="checkbox"
                checked={wishes[key]}
                onChange={(event) => onChange({ ...wishes, [key]: event.target.checked })}
              />
              <span>{words}</span>
            </label>
          ))}
      </fieldset>
    </div>
  );
}
