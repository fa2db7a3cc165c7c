/** The object as it is stored at this moment. */
import { t } from '../../i18n/translate';
import { copyText } from '../share/clipboard';
import { Icon } from '../shell/icons';

/** See the header. */
export function YamlTab({ yaml }: { yaml: string }) {
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
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <YamlLine key={index} line={line} />
        ))}
      </pre>
    </div>
  );
}

/** The key in one colour, the value in another; nothing more is needed to read it. */
export function YamlLine({ line }: { line: string }) {
  const match = /^(\s*(?:- )*)([^\s:#"'][^:]*|"[^"]*"):( .*|$)/.exec(line);
  if (!match) return <>{`${line}\n`}</>;
  return (
    <>
      {match[1]}
      <span className="yaml-key">{match[2]}</span>:{match[3]}
      {'\n'}
    </>
  );
}
