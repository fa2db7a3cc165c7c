/** What is said of why something does not come about, in the language that is spoken; its English comes with it. */
import { enWhyNot } from '../../i18n/messages/en-why-not';
import { sayerOf } from '../../i18n/translate';

/** See the header. */
export const whyNotText = sayerOf(enWhyNot);
