export { type HeapPosition, ObjectHeap } from './objects/object-heap';
export { type ListLinks, ObjectList } from './objects/object-list';
