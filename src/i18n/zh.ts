/** Simplified Chinese, whole: what is loaded when it is chosen. */
import type { Words } from './language';
import { zh } from './messages/zh';
import { zhDescriptions } from './messages/zh-descriptions';
import { zhGallery } from './messages/zh-gallery';
import { ZH_COMMANDS } from './sentences/zh-commands';
import { ZH_CONDITIONS } from './sentences/zh-conditions';
import { ZH_CONTROL } from './sentences/zh-control';
import { ZH_DAEMONSET } from './sentences/zh-daemonset';
import { ZH_FAULTS } from './sentences/zh-faults';
import { ZH_LESSONS } from './sentences/zh-lessons';
import { ZH_NODE } from './sentences/zh-node';
import { ZH_PROBLEMS } from './sentences/zh-problems';
import { ZH_REFUSALS } from './sentences/zh-refusals';
import { ZH_STORAGE } from './sentences/zh-storage';
import { ZH_TIMERS } from './sentences/zh-timers';
import { ZH_WORK } from './sentences/zh-work';

export const WORDS: Words = {
  messages: zh,
  sentences: [
    ...ZH_CONTROL,
    ...ZH_COMMANDS,
    ...ZH_WORK,
    ...ZH_DAEMONSET,
    ...ZH_STORAGE,
    ...ZH_NODE,
    ...ZH_CONDITIONS,
    ...ZH_PROBLEMS,
    ...ZH_LESSONS,
    ...ZH_REFUSALS,
    ...ZH_TIMERS,
    ...ZH_FAULTS,
  ],
  gallery: { ...zhGallery, ...zhDescriptions },
};
