/** The comparison of rolling updates over many seeds; prints one JSON line. Run by `npm run bench -- --variants SEEDS`. */
import { rolloutVariants, runVariant } from '../rollout-variants';

const [seeds = 200] = process.argv.slice(2).map(Number);

console.log(JSON.stringify({ rows: (await rolloutVariants()).map((variant) => runVariant(variant, seeds)) }));
