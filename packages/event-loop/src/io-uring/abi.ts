/**
 * Constants of the kernel's interface, from include/uapi/linux/io_uring.h (Linux 6.1) and <sys/mman.h>. They are the same on x64 and
 * arm64. Multi-byte fields are little endian on both.
 */

export const SYS_io_uring_setup = 425;
export const SYS_io_uring_enter = 426;
export const SYS_io_uring_register = 427;

/**
 * struct io_uring_params, 120 bytes:
 *
 * ```
 *   0 sq_entries  4 cq_entries  8 flags  12 sq_thread_cpu  16 sq_thread_idle  20 features  24 wq_fd  28 resv[3]
 *  40 sq_off:  0 head  4 tail  8 ring_mask  12 ring_entries  16 flags  20 dropped  24 array  28 resv  32 user_addr
 *  80 cq_off:  0 head  4 tail  8 ring_mask  12 ring_entries  16 overflow  20 cqes  24 flags  28 resv  32 user_addr
 * ```
 */
export const Params = {
  bytes: 120,
  sqEntries: 0,
  cqEntries: 4,
  flags: 8,
  features: 20,
  sqHead: 40,
  sqTail: 44,
  sqMask: 48,
  sqFlags: 56,
  sqArray: 64,
  cqHead: 80,
  cqTail: 84,
  cqMask: 88,
  cqCqes: 100,
  cqFlags: 104,
} as const;

export const IORING_SETUP_CQSIZE = 1 << 3;
export const IORING_SETUP_SUBMIT_ALL = 1 << 7;
export const IORING_SETUP_COOP_TASKRUN = 1 << 8;
export const IORING_SETUP_TASKRUN_FLAG = 1 << 9;
export const IORING_SETUP_SINGLE_ISSUER = 1 << 12;
export const IORING_SETUP_DEFER_TASKRUN = 1 << 13;

export const IORING_OFF_SQ_RING = 0;
export const IORING_OFF_SQES = 0x10000000;

/** Flags of the submission ring: completions overflowed and wait in the kernel; deferred work waits for io_uring_enter. */
export const IORING_SQ_CQ_OVERFLOW = 1 << 1;
export const IORING_SQ_TASKRUN = 1 << 2;
/** Flag of the completion ring: do not signal the eventfd. */
export const IORING_CQ_EVENTFD_DISABLED = 1 << 0;

export const IORING_ENTER_GETEVENTS = 1 << 0;

export const IORING_REGISTER_EVENTFD = 4;
export const IORING_REGISTER_PBUF_RING = 22;

/**
 * struct io_uring_sqe, 64 bytes, as sixteen 32-bit words:
 *
 * ```
 *  word 0: opcode u8 | flags u8 | ioprio u16     1: fd          2-3: off         4-5: addr
 *       6: len       7: the operation's flags    8-9: user_data (8: slot, 9: kind)
 *      10: buf_group u16 | personality u16      11-15: not used here
 * ```
 */
export const SQE_WORDS = 16;

/** struct io_uring_cqe, 16 bytes: user_data (word 0 slot, 1 kind) | res (2) | flags (3). */
export const CQE_WORDS = 4;

/**
 * struct io_uring_buf, 16 bytes: addr u64 | len u32 | bid u16 | resv u16. The `resv` of the first one is the tail of the ring.
 */
export const BUFFER_ENTRY_BYTES = 16;

export const IORING_OP_ACCEPT = 13;
export const IORING_OP_ASYNC_CANCEL = 14;
export const IORING_OP_CLOSE = 19;
export const IORING_OP_SEND = 26;
export const IORING_OP_RECV = 27;
export const IORING_OP_SHUTDOWN = 34;

export const IOSQE_BUFFER_SELECT = 1 << 5;
export const IORING_ACCEPT_MULTISHOT = 1 << 0;
export const IORING_RECV_MULTISHOT = 1 << 1;
export const IORING_ASYNC_CANCEL_ALL = 1 << 0;
export const IORING_ASYNC_CANCEL_FD = 1 << 1;

/** Flag of a completion: more completions of this request follow. The upper half of the flags is the id of the selected buffer. */
export const IORING_CQE_F_MORE = 1 << 1;
export const IORING_CQE_BUFFER_SHIFT = 16;

export const PROT_READ_WRITE = 1 | 2;
export const MAP_SHARED = 0x01;
export const MAP_PRIVATE_ANONYMOUS = 0x02 | 0x20;
export const MAP_POPULATE = 0x8000;
