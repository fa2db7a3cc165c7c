/** What came out of the commands, at their moments: above the terminal's line, once something was run. */
import { type RefObject, useEffect, useRef, useState } from 'react';
import { withoutSecretValues } from '../../engine/api/secret-command';
import { t } from '../../i18n/translate';
import { Splitter } from '../panels/splitter';
import { conductor } from '../state/page';
import { type CommandRecord, useSession } from '../state/session';
import { useAnswer } from '../state/use-answer';
import { markText, momentText } from '../timeline/time-text';
import { isShellLine } from './line';
import { piecesOf } from './pieces';
import { type Entry, transcriptOf } from './transcript';

/** A command as it was given, and what it has printed. */
function Printed({ command, timeMs, output, isRunning }: Omit<Entry, 'key'>) {
  const heldMs = useSession((session) => session.heldMs);
  return (
    <>
      <p className="terminal-command">
        <span className="terminal-time">{momentText(timeMs)}</span> ${isShellLine(command) ? ' ' : ' kubectl '}
        {withoutSecretValues(command)}
      </p>
      {output ? (
        <pre>
          {piecesOf(output).map(({ isError, text }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what was printed stays where it is
            <span key={place} className={isError ? 'terminal-error' : undefined}>
              {text}
            </span>
          ))}
          {isRunning && output.endedMs === undefined && <span className="quiet">{t('terminal.running')}</span>}
          {output.endedMs !== undefined && <Ended timeMs={output.endedMs} isRunning={isRunning} />}
        </pre>
      ) : (
        <p className="quiet">{heldMs === null ? '…' : t('lesson.heldOutput', { time: markText(heldMs) })}</p>
      )}
    </>
  );
}

/** A command that goes on for a while: it begins where the page is. */
function Ended({ timeMs, isRunning }: { timeMs: number; isRunning: true | undefined }) {
  return (
    <span className="quiet">
      {t(isRunning ? 'terminal.runsUntil' : 'terminal.ended', { time: momentText(timeMs) })}{' '}
      <button type="button" className="link-button" onClick={() => void conductor.look.seek({ timeMs })}>
        {t('lesson.see')}
      </button>
    </span>
  );
}

/** While time plays, what the scenario's commands print is asked for at most so often. */
const REFRESH_MS = 250;

/** See the header. */
export default function Output({ commands }: { commands: readonly CommandRecord[] }) {
  const cursor = useSession((session) => session.cursor);
  const branch = useSession((session) => session.branch);
  const branches = useSession((session) => session.branches);
  const [isAll, setIsAll] = useState(false);
  const { step, timeMs } = cursor;
  const given = useAnswer('commands', cursor, { about: [step, timeMs], refreshMs: REFRESH_MS }) ?? [];
  const { shown, elsewhere } = transcriptOf(given, commands, { ...cursor, branch }, branches);
  const box = useRef<HTMLDivElement>(null);
  useNewestInSight(box, commands, shown.length);
  const entries = (list: readonly Entry[]) =>
    list.map(({ key, ...entry }) => (
      <div key={key} data-command={key}>
        <Printed {...entry} />
      </div>
    ));
  return (
    <>
      <Splitter panel="terminal" side="after" axis="y" of=".terminal-output" />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
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
    </>
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
