/**
 * kubectl at the moment the page shows, and files for it (`cat > web.yaml <<EOF`): a line that is always there, and above it, once something was run, what came
 * out. Commands that only look leave time as it is; others act, and in the past start a new branch.
 */
import { type FormEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { withoutSecretValues } from '../../engine/api/secret-command';
import { t } from '../../i18n/translate';
import { Splitter } from '../panels/splitter';
import { BranchNote } from '../shell/branch-note';
import { Icon } from '../shell/icons';
import { conductor } from '../state/page';
import { type CommandRecord, useSession } from '../state/session';
import { useAnswer } from '../state/use-answer';
import { markText, momentText } from '../timeline/time-text';
import { commandOf, isShellLine, isUnfinished } from './line';
import { runLine } from './run-line';
import { type Entry, transcriptOf } from './transcript';
import './terminal.css';

/** More lines are scrolled through. */
const MAX_ROWS = 12;

/** See the header. */
export function Terminal() {
  const open = useSession((session) => session.terminalOpen);
  const commands = useSession((session) => session.commands);
  return (
    <section className="terminal" aria-label={t('terminal.region')}>
      {open && (
        <>
          <Splitter panel="terminal" side="after" axis="y" of=".terminal-output" />
          <Output commands={commands} />
        </>
      )}
      <Prompt open={open} commands={commands} />
    </section>
  );
}

/** A command as it was given, and what it has printed. */
function Printed({ command, timeMs, output }: Omit<Entry, 'key'>) {
  const heldMs = useSession((session) => session.heldMs);
  return (
    <>
      <p className="terminal-command">
        <span className="terminal-time">{momentText(timeMs)}</span> ${isShellLine(command) ? ' ' : ' kubectl '}
        {withoutSecretValues(command)}
      </p>
      {output ? (
        <pre>
          {output.stdout}
          {output.stderr && <span className="terminal-error">{output.stderr}</span>}
          {output.endedMs !== undefined && <Ended timeMs={output.endedMs} />}
        </pre>
      ) : (
        <p className="quiet">{heldMs === null ? '…' : t('lesson.heldOutput', { time: markText(heldMs) })}</p>
      )}
    </>
  );
}

/** A command that went on for a while: the page shows where it was begun. */
function Ended({ timeMs }: { timeMs: number }) {
  return (
    <span className="quiet">
      {t('terminal.ended', { time: momentText(timeMs) })}{' '}
      <button type="button" className="link-button" onClick={() => void conductor.look.seek({ timeMs })}>
        {t('lesson.see')}
      </button>
    </span>
  );
}

/** While time plays, what the scenario's commands print is asked for at most so often. */
const REFRESH_MS = 250;

function Output({ commands }: { commands: readonly CommandRecord[] }) {
  const cursor = useSession((session) => session.cursor);
  const branch = useSession((session) => session.branch);
  const branches = useSession((session) => session.branches);
  const [isAll, setIsAll] = useState(false);
  const { step } = cursor;
  const given = useAnswer('commands', { step }, { about: [step], refreshMs: REFRESH_MS }) ?? [];
  const { shown, elsewhere } = transcriptOf(given, commands, { ...cursor, branch }, branches);
  const box = useRef<HTMLDivElement>(null);
  useNewestInSight(box, commands, shown.length);
  const entries = (list: readonly Entry[]) =>
    list.map(({ key, command, timeMs, output }) => (
      <div key={key} data-command={key}>
        <Printed command={command} timeMs={timeMs} output={output} />
      </div>
    ));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <div className="terminal-output mono" ref={box} tabIndex={0} role="log" aria-label={t('terminal.output')}>
      {shown.length === 0 && <p className="quiet">{t('terminal.empty')}</p>}
      {entries(shown)}
      {elsewhere.length > 0 && (
        <button type="button" className="link-button" aria-expanded={isAll} onClick={() => setIsAll(!isAll)}>
          {t('terminal.elsewhere', { count: elsewhere.length })}
        </button>
      )}
      {isAll && <div className="terminal-elsewhere">{entries(elsewhere)}</div>}
    </div>
  );
}

/** What was typed last is kept in sight, wherever the clock puts it; else the end. */
function useNewestInSight(
  box: RefObject<HTMLDivElement | null>,
  commands: readonly CommandRecord[],
  count: number,
): void {
  useEffect(() => {
    if (box.current && count > 0) box.current.scrollTop = box.current.scrollHeight;
  }, [box, count]);
  useEffect(() => {
    const newest = box.current?.querySelector<HTMLElement>(`[data-command="typed ${commands.at(-1)?.id}"]`);
    if (!box.current || !newest) return;
    box.current.scrollTop = newest.offsetTop + newest.offsetHeight - box.current.clientHeight;
  }, [box, commands]);
}

function Prompt({ open, commands }: { open: boolean; commands: readonly CommandRecord[] }) {
  const [text, setText] = useState('');
  const back = useRef(0);
  const lines = text.split('\n').length;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    const command = commandOf(text);
    if (!command) return;
    setText('');
    back.current = 0;
    runLine(command);
  };
  /** Enter runs a line that is whole; the arrows bring earlier commands back. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && !isUnfinished(text)) {
      event.preventDefault();
      submit();
      return;
    }
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by || lines > 1) return;
    event.preventDefault();
    back.current = Math.max(0, Math.min(commands.length, back.current + by));
    setText(back.current === 0 ? '' : (commands[commands.length - back.current]?.command ?? ''));
  };
  return (
    <form className="prompt" onSubmit={submit}>
      <Icon name="terminal" size={16} />
      <label htmlFor="kubectl" className="mono">
        kubectl
      </label>
      <textarea
        id="kubectl"
        rows={Math.min(lines, MAX_ROWS)}
        className="mono"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-describedby="branch-note-command"
        placeholder={t('terminal.placeholder')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <BranchNote says="branchNote.command" id="branch-note-command" />
      <button
        type="button"
        className={open ? 'icon-button terminal-toggle open' : 'icon-button terminal-toggle'}
        aria-expanded={open}
        aria-label={t(open ? 'terminal.hide' : 'terminal.show')}
        title={t(open ? 'terminal.hide' : 'terminal.show')}
        onClick={() => useSession.setState({ terminalOpen: !open })}
      >
        <Icon name="chevron" />
      </button>
    </form>
  );
}
