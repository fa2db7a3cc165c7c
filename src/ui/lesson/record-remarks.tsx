/** What is said of outcomes that are wrong, but interesting: a condition each, and words. */
import { useId } from 'react';
import { t } from '../../i18n/translate';
import { NO_REMARK, type Remark, useDraft } from './record-draft';
import { WordsFields } from './record-words';

/** See the header. */
export function Remarks() {
  const remarks = useDraft((draft) => draft.remarks);
  return (
    <section aria-label={t('record.remarks')} className="record-remarks">
      <h3>{t('record.remarks')}</h3>
      <p className="quiet">{t('record.remarksHint')}</p>
      {remarks.map((remark, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: none is moved or taken away
        <RemarkFields key={index} remark={remark} index={index} />
      ))}
      <button type="button" className="button" onClick={() => useDraft.setState({ remarks: [...remarks, NO_REMARK] })}>
        {t('record.oneMore')}
      </button>
    </section>
  );
}

function RemarkFields({ remark, index }: { remark: Remark; index: number }) {
  const id = useId();
  const write = (changed: Partial<Remark>) =>
    useDraft.setState(({ remarks }) => ({ remarks: remarks.with(index, { ...remark, ...changed }) }));
  const number = { number: index + 1 };
  return (
    <div className="record-asking">
      <div className="record-plain">
        <label htmlFor={id}>{t('record.remarkWhen', number)}</label>
        <input
          id={id}
          className="field mono nokey"
          spellCheck={false}
          placeholder="get('Deployment', 'web') == null"
          value={remark.when}
          onChange={(event) => write({ when: event.target.value })}
        />
      </div>
      <WordsFields
        label={t('record.remarkText', number)}
        rows={2}
        words={remark.text}
        write={(text) => write({ text })}
      />
    </div>
  );
}
