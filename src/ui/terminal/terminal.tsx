/**
 * kubectl at the moment the page shows, and files for it (`cat > web.yaml <<EOF`): a line that is always there, and above it, once something was run, what came
 * out (output.tsx). Commands that only look leave time as it is; others act, and in the past start a new branch.
 */
import { type FormEvent, type KeyboardEvent, Suspense, useRef, useState } from 'react';
import { t } from '../../i18n/translate';
import { BranchNote } from '../shell/branch-note';
import { Icon } from '../shell/icons';
import { late } from '../shell/late';
import { type CommandRecord, useSession } from '../state/session';
import { commandOf, isUnfinished } from './line';
import { runLine } from './run-line';
import './terminal.css';

/** More lines are scrolled through. */
const MAX_ROWS = 12;

const Output = late(() => import('./output'));

/** See the header. */
export function Terminal() {
  const open = useSession((session) => session.terminalOpen);
  const commands = useSession((session) => session.commands);
  return (
    <section className="terminal" aria-label={t('terminal.region')}>
      {open && (
        <Suspense>
          <Output commands={commands} />
        </Suspense>
      )}
      <Prompt open={open} commands={commands} />
    </section>
  );
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
