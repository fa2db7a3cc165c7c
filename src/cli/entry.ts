/** Where the built command line starts: the only file that touches the process. */
import { main } from './main';

process.exitCode = main(process.argv.slice(2));
