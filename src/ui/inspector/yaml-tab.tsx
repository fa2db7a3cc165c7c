/** The object as it is stored at this moment. What the present step changed is marked, with what stood there before. */
import { t } from '../../i18n/translate';
import { changedLines } from '../../view/changed-lines';
import type { Inspection } from '../../worker/protocol';
import { copyText } from '../share/clipboard';
import { Icon } from '../shell/icons';
import { useSession } from '../state/session';

/** See the header. */
export function YamlTab({ inspection }: { inspection: Inspection }) {
  const { yaml, change, writtenStep } = inspection;
  const isOfStep = useSession(({ current }) => current?.step === writtenStep);
  const changed = isOfStep ? changedLines(change) : undefined;
  return (
    <div className="yaml">
      <button
        type="button"
        className="icon-button yaml-copy"
        aria-label={t('inspector.copyYaml')}
        title={t('inspector.copyYaml')}
        onClick={() => void copyText(yaml)}
      >
        <Icon name="copy" size={16} />
      </button>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        {yaml.split('\n').map((line, index) => (
          <Marked
            // One that changed again lights up again.
            key={changed?.has(index) ? `${index} ${writtenStep}` : index}
            line={line}
            was={changed?.get(index)}
          />
        ))}
      </pre>
    </div>
  );
}

function Marked({ line, was }: { line: string; was: string | undefined }) {
  if (was === undefined) return <YamlLine line={line} />;
  return (
    <mark className="yaml-changed">
      <YamlLine line={line} end="" />
      {was && <span className="yaml-was"> {t('changes.was', { value: was })}</span>}
      {'\n'}
    </mark>
  );
}

/** The key in one colour, the value in another; nothing more is needed to read it. */
export function YamlLine({ line, end = '\n' }: { line: string; end?: string }) {
  const match = /^(\s*(?:- )*)([^\s:#"'][^:]*|"[^"]*"):( .*|$)/.exec(line);
  if (!match) return <>{line + end}</>;
  return (
    <>
      {match[1]}
      <span className="yaml-key">{match[2]}</span>:{match[3]}
      {end}
    </>
  );
}
