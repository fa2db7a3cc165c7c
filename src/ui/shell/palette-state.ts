/** Whether the palette is open. Apart from the palette itself, which is loaded when it is. */
import { useSession } from '../state/session';

export function openPalette(): void {
  useSession.setState({ paletteOpen: true });
}
