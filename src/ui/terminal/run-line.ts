/** Runs a command as the terminal does, whoever gives it. */
import { conductor } from '../state/page';
import { useSession } from '../state/session';

/** See the header; what comes out is shown. */
export function runLine(command: string): void {
  useSession.setState({ terminalOpen: true });
  void conductor.acts.kubectl(command);
}
