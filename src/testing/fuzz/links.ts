/** Fuzz target: share links with one to three characters changed, left out or put in. None may open as another text. */
import { decodeLink, encodeLink } from '../../scenario/share-link';
import { type FuzzTarget, scriptWordsIn } from './target';

const TEXT = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {replicas: "3"}\n';
const GOOD = encodeLink({ text: TEXT });
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=&#%';

/** Changed links. */
export const links: FuzzTarget = {
  name: 'links',
  draw(dice) {
    let link = GOOD;
    for (const _ of dice.several(1, 3, () => 0)) {
      const at = dice.below(link.length);
      const put = dice.oneIn(4) ? '' : dice.pick([...ALPHABET]);
      link = link.slice(0, at) + put + link.slice(at + (dice.oneIn(4) ? 0 : 1));
    }
    return link;
  },
  judge(input) {
    const decoded = decodeLink(input);
    if ('error' in decoded) return decoded.error === '' ? ['refused without a word'] : scriptWordsIn(decoded.error, '');
    return decoded.state.text === TEXT ? [] : ['opens another text without a word'];
  },
};
