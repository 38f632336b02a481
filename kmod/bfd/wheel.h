/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Calendar wheel: what is due when, for thousands of entries that are served
 * over and over. Pure: time is an argument, the caller's lock guards all of a
 * wheel and its entries, nothing here allocates but init.
 */
#ifndef _BFD_WHEEL_H
#define _BFD_WHEEL_H

#include <linux/bits.h>
#include <linux/list.h>
#include <linux/types.h>

#define BFD_WHEEL_SHIFT		17		/* a slot is 2^17 ns = 131 us */
#define BFD_WHEEL_SLOT_NS	BIT_ULL(BFD_WHEEL_SHIFT)
#define BFD_WHEEL_SLOTS		4096		/* one turn is 537 ms */
#define BFD_WHEEL_NEVER		U64_MAX

/**
 * struct bfd_wheel_entry - one thing to be served
 * @node: in a slot, in the far list, in the caller's list, or empty
 * @slot: when: the absolute slot number it was inserted for
 */
struct bfd_wheel_entry {
	struct list_head node;
	u64 slot;
};

static inline void bfd_wheel_entry_init(struct bfd_wheel_entry *entry)
{
	INIT_LIST_HEAD(&entry->node);
}

static inline bool bfd_wheel_entry_queued(const struct bfd_wheel_entry *entry)
{
	return !list_empty(&entry->node);
}

/**
 * struct bfd_wheel - entries by slot
 * @slots: BFD_WHEEL_SLOTS lists of entries due within one turn of @now
 * @used: a bit for each slot that is not empty
 * @far: entries due later than that
 * @far_slot: no entry of @far is due earlier than this slot
 * @now: absolute slot up to which everything has been served
 */
struct bfd_wheel {
	struct list_head *slots;
	unsigned long *used;
	struct list_head far;
	u64 far_slot;
	u64 now;
};

int bfd_wheel_init(struct bfd_wheel *wheel, u64 now_ns);
void bfd_wheel_exit(struct bfd_wheel *wheel);
void bfd_wheel_insert(struct bfd_wheel *wheel, struct bfd_wheel_entry *entry, u64 due_ns);
void bfd_wheel_remove(struct bfd_wheel *wheel, struct bfd_wheel_entry *entry);
void bfd_wheel_expire(struct bfd_wheel *wheel, u64 now_ns, struct list_head *due);
void bfd_wheel_drain(struct bfd_wheel *wheel, struct list_head *out);
u64 bfd_wheel_next(const struct bfd_wheel *wheel);

#endif /* _BFD_WHEEL_H */
