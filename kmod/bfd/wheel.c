// SPDX-License-Identifier: GPL-2.0
/*
 * Calendar wheel. Entries due within one turn hang in the slot of their time,
 * a bitmap finds the next one; the few that are due later wait in one list,
 * which is looked through only when its earliest comes within a turn. So an
 * insertion and a removal are a list operation and a bit, and nobody wakes up
 * for an empty slot.
 */
#include <kunit/visibility.h>
#include <linux/bitmap.h>
#include <linux/export.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/types.h>
#include "wheel.h"

/**
 * bfd_wheel_init() - make an empty wheel
 * @wheel: to be initialised
 * @now_ns: the present; entries due earlier are served at once
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int bfd_wheel_init(struct bfd_wheel *wheel, u64 now_ns)
{
	unsigned int i;

	wheel->slots = kvmalloc_array(BFD_WHEEL_SLOTS, sizeof(*wheel->slots), GFP_KERNEL);
	wheel->used = bitmap_zalloc(BFD_WHEEL_SLOTS, GFP_KERNEL);
	if (!wheel->slots || !wheel->used) {
		bfd_wheel_exit(wheel);
		return -ENOMEM;
	}
	for (i = 0; i < BFD_WHEEL_SLOTS; i++)
		INIT_LIST_HEAD(&wheel->slots[i]);
	INIT_LIST_HEAD(&wheel->far);
	wheel->far_slot = BFD_WHEEL_NEVER;
	wheel->now = now_ns >> BFD_WHEEL_SHIFT;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_wheel_init);

/**
 * bfd_wheel_exit() - free a wheel's memory; it must hold no entry
 * @wheel: initialised, or failed to be
 *
 * Context: may sleep.
 */
void bfd_wheel_exit(struct bfd_wheel *wheel)
{
	kvfree(wheel->slots);
	bitmap_free(wheel->used);
	wheel->slots = NULL;
	wheel->used = NULL;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_wheel_exit);

static void hang(struct bfd_wheel *wheel, struct bfd_wheel_entry *entry)
{
	unsigned int i = entry->slot % BFD_WHEEL_SLOTS;

	list_add_tail(&entry->node, &wheel->slots[i]);
	__set_bit(i, wheel->used);
}

static bool is_far(const struct bfd_wheel *wheel, u64 slot)
{
	return slot - wheel->now >= BFD_WHEEL_SLOTS;
}

/**
 * bfd_wheel_insert() - have an entry served at a time
 * @wheel: the wheel
 * @entry: not in any list
 * @due_ns: when; what is past is served by the next bfd_wheel_expire()
 *
 * It is served at the start of the slot @due_ns lies in, so up to
 * BFD_WHEEL_SLOT_NS early and never late. Who must not be early rounds up.
 */
void bfd_wheel_insert(struct bfd_wheel *wheel, struct bfd_wheel_entry *entry, u64 due_ns)
{
	entry->slot = max(due_ns >> BFD_WHEEL_SHIFT, wheel->now);
	if (!is_far(wheel, entry->slot)) {
		hang(wheel, entry);
		return;
	}
	list_add_tail(&entry->node, &wheel->far);
	wheel->far_slot = min(wheel->far_slot, entry->slot);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_wheel_insert);

/**
 * bfd_wheel_remove() - take an entry out before its time
 * @wheel: the wheel it is in
 * @entry: inserted; may have been expired into the caller's list since
 */
void bfd_wheel_remove(struct bfd_wheel *wheel, struct bfd_wheel_entry *entry)
{
	unsigned int i = entry->slot % BFD_WHEEL_SLOTS;

	list_del_init(&entry->node);
	/* True for an entry of the far list too: its slot may be used by others */
	if (list_empty(&wheel->slots[i]))
		__clear_bit(i, wheel->used);
	/* far_slot may now be too early: that costs one look, not a mistake */
}
EXPORT_SYMBOL_IF_KUNIT(bfd_wheel_remove);

/* Entries of the far list whose slot has come within a turn move to it */
static void draw_near(struct bfd_wheel *wheel)
{
	struct bfd_wheel_entry *entry, *tmp;

	if (is_far(wheel, wheel->far_slot))
		return;
	wheel->far_slot = BFD_WHEEL_NEVER;
	list_for_each_entry_safe(entry, tmp, &wheel->far, node) {
		if (is_far(wheel, entry->slot)) {
			wheel->far_slot = min(wheel->far_slot, entry->slot);
			continue;
		}
		list_del(&entry->node);
		hang(wheel, entry);
	}
}

/* First used slot at or after wheel->now, as an absolute number */
static u64 next_near(const struct bfd_wheel *wheel)
{
	unsigned int start = wheel->now % BFD_WHEEL_SLOTS;
	unsigned int i;

	i = find_next_bit(wheel->used, BFD_WHEEL_SLOTS, start);
	if (i < BFD_WHEEL_SLOTS)
		return wheel->now + i - start;
	i = find_first_bit(wheel->used, start);
	if (i < start)
		return wheel->now + BFD_WHEEL_SLOTS - start + i;
	return BFD_WHEEL_NEVER;
}

/**
 * bfd_wheel_expire() - take out all that is due
 * @wheel: the wheel
 * @now_ns: the present
 * @due: list to which the entries are added, in order of their slots
 */
void bfd_wheel_expire(struct bfd_wheel *wheel, u64 now_ns, struct list_head *due)
{
	u64 now = now_ns >> BFD_WHEEL_SHIFT;
	u64 slot;

	/* A clock that steps back would make the past the far future */
	if (now < wheel->now)
		return;
	for (;;) {
		slot = min(next_near(wheel), wheel->far_slot);
		if (slot > now)
			break;
		wheel->now = slot;
		draw_near(wheel);
		list_splice_tail_init(&wheel->slots[slot % BFD_WHEEL_SLOTS], due);
		__clear_bit(slot % BFD_WHEEL_SLOTS, wheel->used);
	}
	wheel->now = now;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_wheel_expire);

/**
 * bfd_wheel_drain() - take out everything
 * @wheel: the wheel
 * @out: list to which the entries are added
 */
void bfd_wheel_drain(struct bfd_wheel *wheel, struct list_head *out)
{
	unsigned int i;

	for_each_set_bit(i, wheel->used, BFD_WHEEL_SLOTS)
		list_splice_tail_init(&wheel->slots[i], out);
	bitmap_zero(wheel->used, BFD_WHEEL_SLOTS);
	list_splice_tail_init(&wheel->far, out);
	wheel->far_slot = BFD_WHEEL_NEVER;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_wheel_drain);

/**
 * bfd_wheel_next() - when is there something to do
 * @wheel: the wheel
 *
 * Return: the start, in ns, of the next slot worth a call of
 * bfd_wheel_expire(), or BFD_WHEEL_NEVER.
 */
u64 bfd_wheel_next(const struct bfd_wheel *wheel)
{
	u64 slot = min(next_near(wheel), wheel->far_slot);

	return slot == BFD_WHEEL_NEVER ? BFD_WHEEL_NEVER : slot << BFD_WHEEL_SHIFT;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_wheel_next);
