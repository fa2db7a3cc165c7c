/** What containers print, as the files in which a node's runtime keeps it: made when somebody looks. Follows the CRI's format of logs. */
import { formatMicroTimestamp, parseTimestamp } from '../api/timestamp';
import type { Files } from './cri';
import type { MachineContext } from './records';

/** Where they are. */
export const POD_LOGS = 'var/log/pods/';

const LOG_TEXT = 'log text';

/** What the containers of a machine have printed. */
export function podLogs(context: MachineContext): Files {
  const { derived, memory } = context;
  const { containers, sandboxes } = memory;
  const startMs = parseTimestamp(context.now) - context.timeOf(context.now);
  const files: [string, string][] = [];
  for (const { id, podUid, name, attempt, log } of containers.values()) {
    const pod = sandboxes.get(podUid)?.pod;
    if (!pod) continue;
    const text = derived.memo(LOG_TEXT, id, [log], () =>
      log.chunks
        .flat()
        .map(
          ({ atMs, stream, text: line, ending }) =>
            `${formatMicroTimestamp(startMs + atMs).replace('Z', '000Z')} ${stream} ${ending === 'cut' ? 'P' : 'F'} ${line}\n`,
        )
        .join(''),
    );
    const { namespace, name: ofPod, uid } = pod.metadata;
    files.push([`${POD_LOGS}${namespace}_${ofPod}_${uid}/${name}/${attempt - 1}.log`, text]);
  }
  return Object.fromEntries(files);
}
