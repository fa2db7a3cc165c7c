/**
 * Why what is waited for does not come about, in numbers, and what would help: each change has been tried on a branch that was thrown
 * away, and can be done with a button. Trying waits until time stands still.
 */
import { sentence, t } from '../../i18n/translate';
import type { WhyNot as Answer } from '../../session/why-not/why-not';
import { parseRowId, rowId } from '../../view/rows';
import { conductor } from '../state/page';
import { select, useSession } from '../state/session';
import { useAnswer } from '../state/use-answer';
import { momentText } from '../timeline/time-text';
import './why-not.css';
import { whyNotText } from './why-not-words';

type Remedy = Answer['remedies'][number];
type Said = Answer['sentences'][number];

const REFRESH_MS = { rest: 120, playing: 800 };

/** What a component says of a node or a volume is a sentence of its own. */
const words = ({ key, values }: Said): string => {
  if (key === 'verdict.other') return sentence(String(values.text));
  return whyNotText(`whyNot.${key}`, 'atMs' in values ? { ...values, at: momentText(Number(values.atMs)) } : values);
};

/** The numbers, at once. */
function useNumbers(id: string, playing: boolean): Answer | null {
  const at = useSession((session) => session.cursor);
  return useAnswer(
    'whyNot',
    { id, at, tries: false },
    { about: [id, at], refreshMs: REFRESH_MS[playing ? 'playing' : 'rest'] },
  );
}

/** The trials, when they have come. */
function useTried(id: string): Answer | null {
  const at = useSession((session) => session.cursor);
  const tried = useAnswer('whyNot', { id, at, tries: true }, { about: [id, at], refreshMs: 400 });
  return tried?.step === at.step ? tried : null;
}

function titleOf(kind: string): string {
  switch (kind) {
    case 'Pod':
    case 'DaemonSet':
    case 'Node':
    case 'Job':
    case 'PodDisruptionBudget':
    case 'PersistentVolumeClaim':
      return whyNotText(`whyNot.title.${kind}`);
    default:
      return whyNotText(kind.includes('.') ? 'whyNot.title.custom' : 'whyNot.title.rollout');
  }
}

/** See the header; nothing where all is well. */
export default function WhyNot({ id }: { id: string }) {
  const playing = useSession((session) => session.playing);
  const numbers = useNumbers(id, playing);
  const readOnly = useSession((session) => session.embed === 'readonly');
  if (!numbers) return null;
  const title = titleOf(parseRowId(id).kind);
  return (
    <section className="why-not" aria-label={title}>
      <h3>{title}</h3>
      {numbers.sentences.map((said) => (
        <p key={`${said.key}${JSON.stringify(said.values)}`}>{words(said)}</p>
      ))}
      {numbers.verdicts.length > 0 && <Verdicts verdicts={numbers.verdicts} />}
      {!readOnly && !playing && !numbers.isNobodys && <Remedies id={id} />}
    </section>
  );
}

const SHOWN_VERDICTS = 12;

function Verdicts({ verdicts }: { verdicts: Answer['verdicts'] }) {
  return (
    <ul className="why-not-verdicts" aria-label={whyNotText('whyNot.verdicts')}>
      {verdicts.slice(0, SHOWN_VERDICTS).map(({ kind, name, reasons }) => (
        <li key={name}>
          <button type="button" className="link-button" onClick={() => select(rowId(kind, undefined, name))}>
            {name}
          </button>{' '}
          <span>{reasons.map(words).join(t('words.semicolon'))}</span>
        </li>
      ))}
      {verdicts.length > SHOWN_VERDICTS && (
        <li className="quiet">{t('plane.more', { count: verdicts.length - SHOWN_VERDICTS })}</li>
      )}
    </ul>
  );
}

/** Only there while time stands still. */
function Remedies({ id }: { id: string }) {
  const tried = useTried(id);
  if (!tried) {
    return (
      <p className="quiet" role="status">
        {whyNotText('whyNot.trying')}
      </p>
    );
  }
  const helpful = tried.remedies.filter(({ trial }) => trial?.helps);
  const others = tried.remedies.filter(({ trial }) => !trial?.helps);
  const isHopeless = helpful.length === 0 && !tried.alone?.helps;
  return (
    <>
      {tried.alone?.helps && <p>{aloneText(tried.alone)}</p>}
      {helpful.length > 0 && <h4>{whyNotText(tried.alone?.helps ? 'whyNot.faster' : 'whyNot.remedies')}</h4>}
      {isHopeless && <p>{whyNotText(others.length > 0 ? 'whyNot.nothing' : 'whyNot.untried')}</p>}
      <List remedies={isHopeless ? others : helpful} />
      {!isHopeless && others.length > 0 && (
        <details>
          <summary>{whyNotText('whyNot.useless')}</summary>
          <List remedies={others} />
        </details>
      )}
    </>
  );
}

function List({ remedies }: { remedies: readonly Remedy[] }) {
  return (
    <ul className="why-not-remedies">
      {remedies.map((remedy) => (
        <li key={changeOf(remedy)} data-helps={remedy.trial?.helps || undefined}>
          <p>
            {changeOf(remedy)}
            <span className="quiet">{trialText(remedy)}</span>
          </p>
          <button
            type="button"
            className="button small"
            title={whyNotText('whyNot.tryHint')}
            aria-label={t('words.said', { what: whyNotText('whyNot.try'), said: changeOf(remedy) })}
            onClick={() => void doAll(remedy)}
          >
            {whyNotText('whyNot.try')}
          </button>
        </li>
      ))}
    </ul>
  );
}

function aloneText({ tookMs, act }: NonNullable<Answer['alone']>): string {
  const time = momentText(tookMs);
  if (!act) return whyNotText('whyNot.alone', { time });
  return whyNotText('whyNot.byScenario', { time, at: momentText(act.atMs), act: sentence(act.message) });
}

function trialText({ trial }: Remedy): string {
  if (!trial) return '';
  const { before, after, tookMs, refused, helps, standing, reason } = trial;
  if (refused !== undefined) return whyNotText('whyNot.refused', { message: refused });
  if (after === 0) return whyNotText(helps ? 'whyNot.helps' : 'whyNot.noSooner', { time: momentText(tookMs) });
  const stands = after < before ? [whyNotText('whyNot.partly'), ...(standing ? [words(standing)] : [])] : [];
  const said = [...(stands.length > 0 ? stands : [whyNotText('whyNot.no')]), ...(reason ? [words(reason)] : [])];
  return said.reduce((tried, next) => whyNotText('whyNot.because', { tried, reason: next }));
}

/** A change, or two, where one is not enough. */
const changeOf = ({ said, also }: Pick<Remedy, 'said' | 'also'>): string =>
  [said, ...(also ? [also.said] : [])].map(words).join(t('words.semicolon'));

async function doAll({ also, ...first }: Pick<Remedy, 'said' | 'input' | 'also'>): Promise<void> {
  await doIt(first);
  if (also) await doIt(also);
}

const doIt = ({ input, said }: Pick<Remedy, 'said' | 'input'>): Promise<void> => conductor.acts.do(input, words(said));
