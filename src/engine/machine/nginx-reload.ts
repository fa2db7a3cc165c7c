/**
 * nginx told to read its configuration again (SIGHUP): with one that it can't begin with it goes on as before.
 * Follows ngx_process_cycle.c and ngx_cycle.c.
 */
import { bindFailure } from './bind-failures';
import { nginxRead } from './configured-ports';
import { momentOf, print } from './container-output';
import { visibleFiles } from './filesystem';
import { emergency, filledIn, isTerse, type OutputMoment, warningText } from './image-output';
import { execPid, listed, takenPort } from './neighbours';
import { type Machine, type MachineContainer, putContainer, timerKey } from './records';
import { nameOf } from './shell/process-names';
import { lookUpOf } from './shell-host';

/**
 * Whether a signal tells the nginx of a container to read its configuration again; its worker does not listen to it. It does so once whoever
 * sends it has written what it is writing.
 */
export function hearsReload({ context }: Machine, id: string, pid: number, signal: string): boolean {
  const container = context.memory.containers.get(id);
  const { catalogueName = '' } = container?.behaviour ?? {};
  if (signal !== 'HUP' || container?.servingSinceMs === undefined || !/nginx/.test(catalogueName)) return false;
  const asked = listed(container).find((one) => one.pid === pid);
  if (!asked || nameOf(asked) !== 'nginx' || /worker/.test(asked.title)) return false;
  context.after(0, 'reload', timerKey(container));
  return true;
}

const ASKED = `{slashed} [notice] 1#1: signal 1 (SIGHUP) received from FROM, reconfiguring
{slashed} [notice] 1#1: reconfiguring
`;
const DONE = `{slashed} [notice] 1#1: using the "epoll" event method
{slashed} [notice] 1#1: start worker processes
{slashed} [notice] 1#1: start worker process NEXT
{slashed} [notice] {worker}#{worker}: gracefully shutting down
{slashed} [notice] {worker}#{worker}: exiting
{slashed} [notice] {worker}#{worker}: exit
{slashed} [notice] 1#1: signal 17 (SIGCHLD) received from {worker}
{slashed} [notice] 1#1: worker process {worker} exited with code 0
{slashed} [notice] 1#1: signal 29 (SIGIO) received
`;

/** The log has each line once: nobody stands before one that runs. */
const logged = (text: string): string => text.replace(/^nginx: .*\n/gm, '');

/** Reads it again, and says so. */
export function reload(machine: Machine, container: MachineContainer): void {
  const { context } = machine;
  const { id, behaviour } = container;
  const moment: OutputMoment = momentOf(machine, container);
  const { warnings: _before, ...rest } = behaviour;
  const served = nginxRead(container, visibleFiles(context, container), lookUpOf(machine, container));
  const fresh = { ...container, behaviour: { ...rest, ...served } };
  const taken = 'refusal' in served ? undefined : takenPort(context, fresh);
  const failure =
    'refusal' in served
      ? emergency(served.refusal.said, moment)
      : taken && bindFailure('nginx', taken, behaviour.programs.base, moment).errors;
  const from = execPid(context, container);
  const notice = (text: string): string =>
    isTerse(moment.tag) ? '' : filledIn(text.replace('FROM', `${from}`).replace('NEXT', `${from + 1}`), moment);
  if (!failure) putContainer(machine, container, { behaviour: fresh.behaviour, worker: from + 1 });
  const warned = 'warnings' in served ? warningText(served.warnings ?? [], moment) : '';
  print(machine, id, 'stderr', `${notice(ASKED)}${logged(failure || warned)}${failure ? '' : notice(DONE)}`);
}
