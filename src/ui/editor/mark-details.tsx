/**
 * Below the text: what of it is otherwise in the cluster, field by field, with what to do about it; and what the cluster still has from an
 * earlier text.
 */
import { t } from '../../i18n/translate';
import type { DocumentMark, FieldDrift } from '../../session/drift';
import { Icon } from '../shell/icons';
import { markName, replaceText, useDocument } from '../state/document';
import { conductor, typing } from '../state/page';
import { withoutDocument } from './leave-out';

/** Puts a live value in the place of one in the text. */
export type TakeLive = (drift: FieldDrift) => void;

const inNamespace = ({ namespace }: DocumentMark) => (namespace === '' ? '' : ` -n ${namespace}`);

/** See the header. */
export default function MarkDetails({ takeLive }: { takeLive: TakeLive }) {
  const marks = useDocument((document) => document.marks);
  const opened = useDocument((document) => document.opened);
  const open = marks.find((mark) => markName(mark) === opened);
  const left = marks.filter(({ state }) => state === 'not-in-text');
  if (!open && left.length === 0) return null;
  return (
    <section className="mark-details" aria-label={t('mark.details')}>
      {open && <Details mark={open} takeLive={takeLive} />}
      {left.length > 0 && (
        <ul>
          {left.map((mark) => (
            <li key={markName(mark)}>
              <button
                type="button"
                className="link-button"
                onClick={() => useDocument.setState({ opened: markName(mark) })}
              >
                {markName(mark)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** As if it had been typed. */
function put(whole: string): void {
  typing.onEdit(whole);
  replaceText(whole, 'in place');
}

/** Puts a document back at the end of the text. */
function keep(source: string): void {
  const text = useDocument.getState().text.trimEnd();
  put(text === '' ? source : `${text}\n---\n${source}`);
}

/** What is not in the cluster leaves the text. */
function TakeGone({ line }: { line: number }) {
  const { text, marks } = useDocument();
  const lines = marks.flatMap((mark) => mark.line ?? []);
  const kept = withoutDocument(text, line, lines);
  return kept === undefined ? null : (
    <button type="button" className="button small" onClick={() => put(kept)}>
      {t('mark.take')}
    </button>
  );
}

const SAYS = { 'in-sync': 'mark.same', 'not-there': 'mark.notThere', 'not-in-text': 'mark.left' } as const;

function Details({ mark, takeLive }: { mark: DocumentMark; takeLive: TakeLive }) {
  const { kind, name, line, state, drift, source } = mark;
  const document = `${kind} ${name}`;
  const taken = drift.filter(({ take }) => take !== undefined);
  return (
    <div className="mark-open">
      <header>
        <strong>{state === 'differs' ? markName(mark) : t(SAYS[state], { document })}</strong>
        <button
          type="button"
          className="icon-button push"
          aria-label={t('mark.close')}
          onClick={() => useDocument.setState({ opened: null })}
        >
          <Icon name="close" size={16} />
        </button>
      </header>
      <ul>
        {drift.map((field) => (
          <li key={field.path}>
            <code>{field.path}</code> {t('mark.live', { value: field.live ?? t('mark.nothing') })},{' '}
            {t('mark.here', { value: field.here })}
          </li>
        ))}
      </ul>
      {(state === 'differs' || state === 'not-there') && (
        <button type="button" className="button small" onClick={() => void conductor.applyAgain(mark)}>
          {t('mark.apply')}
        </button>
      )}
      {state === 'not-there' && line !== null && <TakeGone line={line} />}
      {taken.length > 0 && (
        <button type="button" className="button small" onClick={() => [...taken].reverse().forEach(takeLive)}>
          {t('mark.take')}
        </button>
      )}
      {state === 'not-in-text' && (
        <button
          type="button"
          className="button small danger"
          onClick={() => void conductor.acts.command(`delete ${kind} ${name}${inNamespace(mark)} --wait=false`)}
        >
          {t('mark.delete')}
        </button>
      )}
      {source !== undefined && (
        <button type="button" className="button small" onClick={() => keep(source)}>
          {t('mark.keep')}
        </button>
      )}
    </div>
  );
}
