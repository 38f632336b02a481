// SPDX-License-Identifier: GPL-2.0
/*
 * The pacer: one wheel, one timer and one tasklet per CPU serve every session.
 *
 * The timer runs in hard-irq mode and is aimed at the next slot in use. Its
 * handler only schedules the HI tasklet: on 6.1, softirqs are left to a
 * starving ksoftirqd once that is runnable, except in a pass with HI or TASKLET
 * pending (SOFTIRQ_NOW_MASK in kernel/softirq.c), and that same pass then
 * drains NET_RX too. It rings until that pass has run. So neither sending nor
 * receiving waits for the scheduler (PREEMPT_RT, where softirqs are threads,
 * excepted).
 *
 * A session is queued in at most one wheel, for the earlier of its next packet
 * and its detection deadline. Receiving a packet queues nothing: a deadline
 * that moved is found out when it comes.
 *
 * Locks: bfd_pacer.lock guards a wheel, its due list, armed_ns and online. It
 * nests inside a session's lock; a pass therefore takes a session off the due
 * list, drops the pacer's lock and only then serves it.
 */
#include <linux/cpuhotplug.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/netdevice.h>
#include <linux/percpu.h>
#include <linux/sched/isolation.h>
#include <linux/smp.h>
#include "bfd.h"

/**
 * struct bfd_pacer - one CPU's
 * @lock: guards the next four; nests inside a session's lock
 * @wheel: sessions by due time
 * @due: those of them a pass has found due and not yet served
 * @armed_ns: what @timer was last aimed at
 * @online: its CPU is; otherwise nothing may be queued here
 * @timer: pinned to the CPU
 * @tasklet: the pass
 * @kick: makes the CPU run a pass, sent by another one
 */
struct bfd_pacer {
	spinlock_t lock;	/* guards wheel, due, armed_ns, online */
	struct bfd_wheel wheel;
	struct list_head due;
	u64 armed_ns;
	bool online;
	struct hrtimer timer;
	struct tasklet_struct tasklet;
	call_single_data_t kick;
};

static DEFINE_PER_CPU(struct bfd_pacer, pacers);
static enum cpuhp_state pacer_hp_state;
static atomic_t pacer_next_cpu = ATOMIC_INIT(0);

/* Aim the timer of this CPU at the next slot in use, or before */
static void arm(struct bfd_pacer *pacer, u64 latest_ns)
{
	u64 next = min(bfd_wheel_next(&pacer->wheel), latest_ns);

	lockdep_assert_held(&pacer->lock);
	pacer->armed_ns = next;
	if (next != BFD_WHEEL_NEVER)
		hrtimer_start(&pacer->timer, ns_to_ktime(next), HRTIMER_MODE_ABS_PINNED_HARD);
}

/* When a further pass is due though no session is. NET_RX comes after this pass; but
 * if somebody wants the CPU, what this pass has sent to ourselves, or what comes in
 * after its softirqs were counted, is left to a starving ksoftirqd. It would be
 * received with the next session's pass: fresh when it is old.
 */
static u64 receive_by(void)
{
	return need_resched() && bfd_pacer_backlog() ? bfd_now_ns() + BFD_WHEEL_SLOT_NS :
						       BFD_WHEEL_NEVER;
}

static struct bfd_session *pop_due(struct bfd_pacer *pacer)
{
	struct bfd_wheel_entry *entry;

	lockdep_assert_held(&pacer->lock);
	entry = list_first_entry_or_null(&pacer->due, struct bfd_wheel_entry, node);
	if (!entry)
		return NULL;
	list_del_init(&entry->node);
	return container_of(entry, struct bfd_session, entry);
}

/* Serve what is due on this CPU. Softirq. */
static void pass(struct tasklet_struct *tasklet)
{
	struct bfd_pacer *pacer = container_of(tasklet, struct bfd_pacer, tasklet);
	u64 now = bfd_now_ns();
	struct bfd_session *s;

	/* What is popped stays allocated until the end of this section, though
	 * it may be killed and die (see bfd.h).
	 */
	rcu_read_lock();
	spin_lock(&pacer->lock);
	bfd_wheel_expire(&pacer->wheel, now, &pacer->due);
	while ((s = pop_due(pacer))) {
		u64 slot_ns = s->entry.slot << BFD_WHEEL_SHIFT;

		spin_unlock(&pacer->lock);
		bfd_session_serve(s, now, now > slot_ns ? now - slot_ns : 0);
		spin_lock(&pacer->lock);
	}
	if (pacer->online)
		arm(pacer, receive_by());
	spin_unlock(&pacer->lock);
	rcu_read_unlock();
}

/* An interrupt that comes while softirqs are served leaves the pass to them. They
 * may leave it to ksoftirqd in turn, because somebody else wants the CPU; and
 * since only a pass aims the timer, nothing would come before the next tick. So
 * ring again: outside of softirqs, the pass follows on the interrupt's heels.
 */
static enum hrtimer_restart timer_fired(struct hrtimer *timer)
{
	tasklet_hi_schedule(&container_of(timer, struct bfd_pacer, timer)->tasklet);
	if (!in_serving_softirq())
		return HRTIMER_NORESTART;
	hrtimer_forward_now(timer, ns_to_ktime(BFD_WHEEL_SLOT_NS));
	return HRTIMER_RESTART;
}

static void kicked(void *info)
{
	struct bfd_pacer *pacer = info;

	tasklet_hi_schedule(&pacer->tasklet);
}

/**
 * bfd_pacer_pick_cpu() - spread new sessions over the CPUs
 *
 * Isolated CPUs are left alone.
 *
 * Context: any.
 * Return: an online CPU, each in turn.
 */
int bfd_pacer_pick_cpu(void)
{
	const struct cpumask *mask = housekeeping_cpumask(HK_TYPE_TIMER);
	unsigned int n = atomic_inc_return(&pacer_next_cpu);
	int cpu, pick = cpumask_first(cpu_online_mask);

	n %= num_online_cpus();
	for_each_cpu_and(cpu, mask, cpu_online_mask) {
		pick = cpu;
		if (!n--)
			break;
	}
	return pick;
}

/* Wherever it is queued, it is by the pacer of its CPU */
static void unqueue(struct bfd_pacer *pacer, struct bfd_session *s)
{
	lockdep_assert_held(&pacer->lock);
	if (bfd_wheel_entry_queued(&s->entry))
		bfd_wheel_remove(&pacer->wheel, &s->entry);
}

static void queue(struct bfd_pacer *pacer, struct bfd_session *s, u64 due_ns)
{
	lockdep_assert_held(&pacer->lock);
	bfd_wheel_insert(&pacer->wheel, &s->entry, due_ns);
	if (s->entry.slot << BFD_WHEEL_SHIFT >= pacer->armed_ns)
		return;
	/* Only its own CPU aims a pinned timer; another is asked to */
	if (s->cpu == smp_processor_id())
		arm(pacer, BFD_WHEEL_NEVER);
	else
		smp_call_function_single_async(s->cpu, &pacer->kick);
}

/**
 * bfd_pacer_schedule() - have a session served, in place of any earlier word
 * @s: not dead
 * @due_ns: when; up to a slot earlier
 *
 * Context: BH disabled, @s->lock held.
 */
void bfd_pacer_schedule(struct bfd_session *s, u64 due_ns)
{
	struct bfd_pacer *pacer;
	bool queued;

	lockdep_assert_held(&s->lock);
	for (;;) {
		pacer = per_cpu_ptr(&pacers, s->cpu);
		spin_lock(&pacer->lock);
		unqueue(pacer, s);
		queued = pacer->online;
		if (queued)
			queue(pacer, s, due_ns);
		spin_unlock(&pacer->lock);
		if (queued)
			return;
		/* Its CPU went away */
		WRITE_ONCE(s->cpu, bfd_pacer_pick_cpu());
	}
}

/**
 * bfd_pacer_cancel() - do not serve a session any more
 * @s: queued or not
 *
 * A pass that has already taken it will still look at it, under its lock.
 *
 * Context: BH disabled, @s->lock held.
 */
void bfd_pacer_cancel(struct bfd_session *s)
{
	struct bfd_pacer *pacer = per_cpu_ptr(&pacers, s->cpu);

	lockdep_assert_held(&s->lock);
	spin_lock(&pacer->lock);
	unqueue(pacer, s);
	spin_unlock(&pacer->lock);
}

/**
 * bfd_pacer_backlog() - do received packets wait for this CPU's NET_RX
 *
 * A pass runs before NET_RX does: what came in meanwhile is not yet seen.
 *
 * Context: BH disabled.
 */
bool bfd_pacer_backlog(void)
{
	return !list_empty(&this_cpu_ptr(&softnet_data)->poll_list);
}

static int pacer_online(unsigned int cpu)
{
	struct bfd_pacer *pacer = per_cpu_ptr(&pacers, cpu);

	spin_lock_bh(&pacer->lock);
	pacer->online = true;
	arm(pacer, BFD_WHEEL_NEVER);
	spin_unlock_bh(&pacer->lock);
	return 0;
}

/* Runs on the CPU that goes: no pass of its own can run while BH are off, and
 * after online is cleared nothing can be queued. What is queued is served once
 * more, here, and by that queued elsewhere.
 */
static int pacer_offline(unsigned int cpu)
{
	struct bfd_pacer *pacer = per_cpu_ptr(&pacers, cpu);
	struct bfd_session *s;

	local_bh_disable();
	rcu_read_lock();
	spin_lock(&pacer->lock);
	pacer->online = false;
	pacer->armed_ns = BFD_WHEEL_NEVER;
	bfd_wheel_drain(&pacer->wheel, &pacer->due);
	while ((s = pop_due(pacer))) {
		spin_unlock(&pacer->lock);
		bfd_session_serve(s, bfd_now_ns(), 0);
		spin_lock(&pacer->lock);
	}
	spin_unlock(&pacer->lock);
	rcu_read_unlock();
	local_bh_enable();
	hrtimer_cancel(&pacer->timer);
	return 0;
}

static void free_wheels(void)
{
	int cpu;

	for_each_possible_cpu(cpu)
		bfd_wheel_exit(&per_cpu_ptr(&pacers, cpu)->wheel);
}

/**
 * bfd_pacer_init() - make the pacers and start those of online CPUs
 *
 * Context: process.
 * Return: 0 or -errno.
 */
int bfd_pacer_init(void)
{
	struct bfd_pacer *pacer;
	int cpu, err;

	for_each_possible_cpu(cpu) {
		pacer = per_cpu_ptr(&pacers, cpu);
		spin_lock_init(&pacer->lock);
		INIT_LIST_HEAD(&pacer->due);
		pacer->armed_ns = BFD_WHEEL_NEVER;
		hrtimer_init(&pacer->timer, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_PINNED_HARD);
		pacer->timer.function = timer_fired;
		tasklet_setup(&pacer->tasklet, pass);
		INIT_CSD(&pacer->kick, kicked, pacer);
		err = bfd_wheel_init(&pacer->wheel, bfd_now_ns());
		if (err)
			goto err_free_wheels;
	}
	err = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "net/bfd:online", pacer_online,
				pacer_offline);
	if (err < 0)
		goto err_free_wheels;
	pacer_hp_state = err;
	return 0;

err_free_wheels:
	free_wheels();
	return err;
}

static void nothing(void *info)
{
}

/**
 * bfd_pacer_exit() - stop and free the pacers; no session is left
 *
 * Context: process.
 */
void bfd_pacer_exit(void)
{
	int cpu;

	/* Runs pacer_offline() on each online CPU */
	cpuhp_remove_state(pacer_hp_state);
	/* Every kick's interrupt has been taken after this; and synchronous
	 * calls run before kicks, so wait for those interrupts to end, too.
	 */
	on_each_cpu(nothing, NULL, 1);
	synchronize_rcu();
	for_each_possible_cpu(cpu)
		tasklet_kill(&per_cpu_ptr(&pacers, cpu)->tasklet);
	free_wheels();
}
