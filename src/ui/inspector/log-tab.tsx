/** What the containers of a Pod have printed by the moment shown, as `kubectl logs` tells it. */
import { t } from '../../i18n/translate';
import { parseRowId } from '../../view/rows';
import type { CommandOutput } from '../../worker/command-shapes';
import { useSession } from '../state/session';
import { useAnswer } from '../state/use-answer';

/** While time plays, the log is read anew at most so often: each reading works the moment out. */
const REFRESH_MS = 400;
const LINES = 200;

function useLog(id: string): CommandOutput | null {
  const at = useSession((session) => session.cursor);
  const { name, namespace } = parseRowId(id);
  const command = `logs ${name} -n ${namespace} --all-containers --prefix --tail=${LINES}`;
  return useAnswer('look', { command, at }, { about: [id, at], refreshMs: REFRESH_MS });
}

/** Each line behind `[pod/NAME/CONTAINER]`, of which the container is worth reading. */
function shortened(text: string): string {
  return text.replace(/^\[pod\/[^/\]]+\/([^\]]+)\]/gm, '$1 |');
}

/** See the header. */
export function LogTab({ id }: { id: string }) {
  const output = useLog(id);
  if (!output) return null;
  if (output.stdout === '' && output.stderr === '') return <p className="quiet">{t('inspector.noLog')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <pre className="log-lines mono" tabIndex={0} role="log" aria-label={t('inspector.logOf')}>
      {shortened(output.stdout)}
      {output.stderr && <span className="quiet">{output.stderr}</span>}
    </pre>
  );
}
