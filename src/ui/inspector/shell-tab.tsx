/** A shell in a container at the moment shown: a line to type into, what came of those before, and the arrows that bring them back. */
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { t } from '../../i18n/translate';
import type { ContainerLine } from '../../view/container-lines';
import { parseRowId } from '../../view/rows';
import { BranchNote } from '../shell/branch-note';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { execOf, linesOf, type ShellLine, type ShellTarget } from './shell-lines';
import './shell-tab.css';

interface Props {
  readonly id: string;
  readonly containers: readonly ContainerLine[];
}

/** The container that `kubectl exec` means when none is named. */
function firstOf(containers: readonly ContainerLine[]): string {
  return (containers.find(({ role }) => role === 'app') ?? containers[0])?.name ?? '';
}

/** See the header. */
export default function ShellTab({ id, containers }: Props) {
  const [chosen, setChosen] = useState<string>();
  const container = containers.some(({ name }) => name === chosen) ? (chosen ?? '') : firstOf(containers);
  const { name, namespace } = parseRowId(id);
  const commands = useSession((session) => session.commands);
  const target = { name, namespace, container };
  const { lines, directory } = linesOf(target, commands);
  return (
    <div className="shell">
      {containers.length > 1 && (
        <select
          className="field"
          aria-label={t('shell.container')}
          value={container}
          onChange={(event) => setChosen(event.target.value)}
        >
          {containers.map((each) => (
            <option key={each.name}>{each.name}</option>
          ))}
        </select>
      )}
      <Output lines={lines} />
      <Line key={container} target={target} lines={lines} directory={directory} />
      <BranchNote says="branchNote.command" id="branch-note-shell" />
    </div>
  );
}

const promptOf = (directory: string): string => `${directory} $`.trim();

function Output({ lines }: { lines: readonly ShellLine[] }) {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new output is kept in sight, and the line below it
  useEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
    if (lines.length > 0) box.current?.nextElementSibling?.scrollIntoView({ block: 'nearest' });
  }, [lines.length, lines.at(-1)?.output]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <div className="shell-output mono" ref={box} tabIndex={0} role="log" aria-label={t('shell.output')}>
      {lines.length === 0 && <p className="quiet">{t('shell.hint')}</p>}
      {lines.map(({ id, directory, line, output }) => (
        <div key={id}>
          <p>
            <span className="quiet">{promptOf(directory)}</span> <strong>{line}</strong>
          </p>
          <pre>
            {output ? output.stdout : '…'}
            {output?.stderr && <span className="shell-error">{output.stderr}</span>}
          </pre>
        </div>
      ))}
    </div>
  );
}

interface LineProps {
  readonly target: ShellTarget;
  readonly lines: readonly ShellLine[];
  readonly directory: string;
}

function Line({ target, lines, directory }: LineProps) {
  const [text, setText] = useState('');
  const back = useRef(0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const line = text.trim();
    if (!line) return;
    setText('');
    back.current = 0;
    void conductor.acts.kubectl(execOf(target, directory, line));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    back.current = Math.max(0, Math.min(lines.length, back.current + by));
    setText(back.current === 0 ? '' : (lines[lines.length - back.current]?.line ?? ''));
  };
  return (
    <form className="shell-line mono" onSubmit={submit}>
      <span className="quiet" aria-hidden="true">
        {promptOf(directory)}
      </span>
      <input
        className="field"
        aria-label={t('shell.line')}
        aria-describedby="branch-note-shell"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        placeholder="ls"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </form>
  );
}
