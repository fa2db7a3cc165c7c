/** Simplified Chinese: the tour of the page. */
import type { Translated } from '../language';
import type { enTour } from './en-tour';

export const zhTour: Translated<typeof enTour> = {
  'tour.title': '导览',
  'tour.offer': '第一次来？五站看完这个页面能做什么。',
  'tour.begin': '开始导览',
  'tour.lesson': '从这里开始',
  'tour.skip': '跳过',
  'tour.end': '完成',
  'tour.back': '上一站',
  'tour.next': '下一站',
  'tour.stop': '第 {at} 站，共 {count} 站',
  'tour.editor': '你的 YAML 就是集群',
  'tour.editorText': '修改任何内容，比如副本数或镜像：会像 kubectl 那样应用。边栏的标记说明文本与集群在哪里不同。',
  'tour.graph': '某一时刻的集群',
  'tour.graphText': '点击对象可检视它，右键可对它操作。标签页展示同一时刻的节点、请求、存储和控制平面。',
  'tour.timeline': '时间由你掌握',
  'tour.timelineText': '播放、暂停、拖动滑块，或用 ← 和 → 单步。回看不改变任何东西；在过去操作会开启一个分支。',
  'tour.inspector': '问为什么',
  'tour.inspectorText':
    '每一步一句话。选中对象后，它说明为什么会这样，一直追溯到某人做了什么；若在等待，还会说什么有帮助。',
  'tour.menu': '场景与课程',
  'tour.menuText': '可供开始的场景，以及会提问并评分的课程。按键列表（?）中也有此导览；Ctrl K 或 ⌘ K 能找到一切。',
};
