/** What a container's first process does when it is asked to end. A first process without a handler does not even get SIGTERM: the kernel gives it no default action. */
import { isBusyBoxServer } from './file-servers';
import { visibleFiles } from './filesystem';
import type { StopBehaviour } from './image-catalogue';
import type { MachineContainer, MachineContext } from './records';
import { interpreterOf } from './shell/interpreters';
import { absolute, followed, lastOf } from './shell/paths';
import { serverOf } from './shell/shell';

/** What says of a script, or of the module that it calls, that it has a handler. */
const HANDLES = /SIGTERM|gunicorn|uvicorn|runserver/;

/** Whether a server is one that leaves the signal alone: BusyBox's httpd, and scripts of Python, Perl and node that do not speak of it. */
function isDeaf(context: MachineContext, container: MachineContainer, { title, cwd }: { title: string; cwd: string }) {
  const [path = '', ...words] = title.split(' ');
  const name = lastOf(path);
  if (interpreterOf(name) === undefined) return isBusyBoxServer(container.behaviour.programs, name);
  const files = visibleFiles(context, container);
  return ![title, ...words.map((word) => files[followed(files, absolute(cwd, word))] ?? '')].some((text) =>
    HANDLES.test(text),
  );
}

/** npm hands the signal to the shell of its script, and ends half a second after that with an error of its own (@npmcli/run-script). */
const NPM: StopBehaviour = { exitAfterMs: 600, code: 1 };

/** See the header. What the scenario says of the program, or is agreed of images that nobody knows, comes first. */
export function stopAnswer(context: MachineContext, container: MachineContainer): StopBehaviour {
  const { stop, serverStop, isKnown } = container.behaviour;
  const server = container.shell && serverOf(container.shell);
  if (!server) return stop;
  if (isKnown && /^npm\b/.test(server.title)) return NPM;
  return isKnown && isDeaf(context, container, server) ? 'ignore' : serverStop;
}
