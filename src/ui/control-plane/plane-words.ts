/** What the view of the control plane says, in the language that is spoken; its English comes with it. */
import { enPlane } from '../../i18n/messages/en-plane';
import { sayerOf } from '../../i18n/translate';

/** See the header. */
export const planeText = sayerOf(enPlane);
