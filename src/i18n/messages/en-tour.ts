/** English: the tour of the page. */
export const enTour = {
  'tour.title': 'Tour',
  'tour.offer': 'New here? Five stops show what this page can do.',
  'tour.begin': 'Take the tour',
  'tour.lesson': 'Start here',
  'tour.skip': 'Skip',
  'tour.end': 'Done',
  'tour.back': 'Back',
  'tour.next': 'Next',
  'tour.stop': 'Stop {at} of {count}',
  'tour.editor': 'Your YAML is the cluster',
  'tour.editorText':
    'Change anything, a number of replicas or an image: it is applied as kubectl would do it. Marks in the margin say where text and cluster differ.',
  'tour.graph': 'The cluster at one moment',
  'tour.graphText':
    'Click an object to inspect it; a right click acts on it. The tabs show nodes, requests, storage and the control plane of the same moment.',
  'tour.timeline': 'Time is yours',
  'tour.timelineText':
    'Play, pause, drag the slider, or step with ← and →. Looking back changes nothing; acting in the past begins a branch.',
  'tour.inspector': 'Ask why',
  'tour.inspectorText':
    'The steps, one sentence each. Of a chosen object it tells why it is as it is, back to what somebody did, and what would help if it waits.',
  'tour.menu': 'Scenarios and lessons',
  'tour.menuText':
    'Scenarios to begin with, and lessons that ask and grade. The list of keys (?) has this tour, too; Ctrl K or ⌘ K finds everything.',
} as const;
