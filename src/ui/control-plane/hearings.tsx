/** Who is told of a write: when, in what shape, and what each does at once; those too that leave it aside. */
import { t } from '../../i18n/translate';
import type { Written } from '../../view/followed';
import type { Heard, Hearers, Hearing } from '../../view/heard';
import { visit } from '../inspector/step-list';
import { momentText } from '../timeline/time-text';
import { planeText } from './plane-words';

interface Props {
  readonly hearers: Hearers;
  readonly wrote: readonly Written[];
  readonly fromMs: number;
}

/** See the header. */
export function Hearings({ hearers: { hearings, more, unconcerned, moreUnconcerned }, wrote, fromMs }: Props) {
  if (hearings.length === 0 && unconcerned.length === 0) return null;
  const names = [...unconcerned, ...(moreUnconcerned > 0 ? [t('plane.more', { count: moreUnconcerned })] : [])];
  return (
    <>
      <h3>{planeText('plane.heard')}</h3>
      <ol aria-label={planeText('plane.heard')}>
        {hearings.map((hearing) => (
          <li key={keyOf(hearing)}>
            <Line hearing={hearing} wrote={wrote} fromMs={fromMs} />
          </li>
        ))}
        {more > 0 && <li className="quiet">{t('plane.more', { count: more })}</li>}
        {names.length > 0 && (
          <li className="quiet">{planeText('plane.heard.unconcerned', { names: names.join(t('words.comma')) })}</li>
        )}
      </ol>
    </>
  );
}

const keyOf = ({ name, atMs, heard }: Hearing): string =>
  [name, atMs, heard.how, heard.how === 'told' ? heard.what.revision : ''].join(' ');

function Line({ hearing: { name, atMs, heard, step }, wrote, fromMs }: { hearing: Hearing } & Omit<Props, 'hearers'>) {
  return (
    <>
      {atMs !== undefined && <span className="mono">+{momentText(atMs - fromMs)} </span>}
      <span className="steps-actor">{name}</span> <Shape heard={heard} wrote={wrote} />{' '}
      {step !== undefined && (
        <button type="button" className="link-button" onClick={() => visit(step)}>
          {planeText('plane.heard.acts', { step })}
        </button>
      )}
      {step === undefined && heard.how === 'told' && <span className="quiet">{planeText('plane.heard.aside')}</span>}
    </>
  );
}

/** In what shape it hears of it. */
function Shape({ heard, wrote }: { heard: Heard; wrote: readonly Written[] }) {
  if (heard.how !== 'told') return planeText(`plane.heard.${heard.how}`);
  const { type, relisted, kind, key, revision } = heard.what;
  const isLater = !wrote.some((each) => each.revision === revision);
  return (
    <>
      {relisted ? <span className="plane-relisted">{planeText(`plane.relisted.${type}`)}</span> : type}
      {wrote.length > 1 && ` ${kind} ${key}`}
      {isLater && type !== 'Deleted' && ` (${planeText('plane.heard.later', { revision })})`}
    </>
  );
}
