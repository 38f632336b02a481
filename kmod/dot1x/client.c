// SPDX-License-Identifier: GPL-2.0
/*
 * The client as an object: birth, tables, being let in and out, death. What it
 * does in between is in engine.c. All of it happens under its port's lock; the
 * gate finds clients under RCU.
 */
#include <linux/etherdevice.h>
#include <linux/jhash.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>
#include "dot1x.h"
#include "compat.h"

static struct kmem_cache *client_cache;
static struct rhashtable clients;
static atomic_t all_clients;

/* The gate's cost: a third less than jhash2() of the whole key */
static u32 key_hash(const void *data, u32 len, u32 seed)
{
	const struct dot1x_client_key *key = data;

	return jhash_3words(get_unaligned((const u32 *)key->mac),
			    get_unaligned((const u16 *)(key->mac + 4)),
			    (unsigned long)key->port / L1_CACHE_BYTES, seed);
}

/* As memcmp() would, in two loads each */
static int key_differs(struct rhashtable_compare_arg *arg, const void *obj)
{
	const struct dot1x_client_key *a = arg->key, *b = &((const struct dot1x_client *)obj)->key;

	return a->port != b->port || !ether_addr_equal(a->mac, b->mac);
}

static const struct rhashtable_params client_params = {
	.key_len = sizeof_field(struct dot1x_client, key),
	.key_offset = offsetof(struct dot1x_client, key),
	.head_offset = offsetof(struct dot1x_client, node),
	.hashfn = key_hash,
	.obj_cmpfn = key_differs,
	.automatic_shrinking = true,
};

static_assert(sizeof(struct dot1x_client_key) == sizeof(void *) + 8);

/**
 * dot1x_client_lookup() - a client of a port
 * @port: the port
 * @mac: its address
 *
 * Context: RCU read side.
 * Return: the client or NULL.
 */
struct dot1x_client *dot1x_client_lookup(struct dot1x_port *port, const u8 *mac)
{
	struct dot1x_client_key key = { .port = port };

	ether_addr_copy(key.mac, mac);
	return rhashtable_lookup(&clients, &key, client_params);
}

/* May a newcomer take its place? Not while it is authorized, in a conversation,
 * or being asked about.
 */
static bool may_be_evicted(const struct dot1x_client *c, enum dot1x_room room)
{
	if (c->open || c->asked != DOT1X_ASKED_NOTHING || c->mab == DOT1X_MAB_ASKED)
		return false;
	return c->pacp.pae_state != DOT1X_PAE_AUTHENTICATING ||
	       (c->pacp.identity && room != DOT1X_ROOM_DATA);
}

/**
 * dot1x_client_room() - is there room for a newcomer
 * @port: the port; locked
 * @room: for what; room is made if that wrongs nobody
 * @todo: what is left to do
 *
 * Return: 0, or the enum dot1x_counter that says why not.
 */
int dot1x_client_room(struct dot1x_port *port, enum dot1x_room room, struct dot1x_todo *todo)
{
	struct dot1x_client *c;
	unsigned long id = 0;

	lockdep_assert_held(&port->lock);
	if (!dot1x_single_host(port))
		return port->count < port->config.max_clients &&
		       atomic_read(&all_clients) < DOT1X_ALL_CLIENTS ?
		       0 : DOT1X_COUNTER_DROP_PORT_FULL;
	c = xa_find(&port->clients, &id, ULONG_MAX, XA_PRESENT);
	if (!c)
		return 0;
	if (!may_be_evicted(c, room))
		return DOT1X_COUNTER_DROP_OTHER_HOST;
	if (room != DOT1X_ROOM_LOOK)
		dot1x_client_kill(c, todo);
	return 0;
}

static void client_free_rcu(struct rcu_head *rcu)
{
	struct dot1x_client *c = container_of(rcu, struct dot1x_client, rcu);

	kfree_skb(c->question);
	kfree(c->request);
	kfree(c->identity);
	kfree(c->user_name);
	kfree_sensitive(c->class);
	kmem_cache_free(client_cache, c);
}

/**
 * dot1x_client_create() - make a client; there is room
 * @port: the port; locked
 * @mac: a unicast address that is no client of the port
 * @method: enum dot1x_method, how it is going to be authenticated
 * @todo: what is left to do
 *
 * Return: the client, or NULL for want of memory.
 */
struct dot1x_client *dot1x_client_create(struct dot1x_port *port, const u8 *mac, u8 method,
					 struct dot1x_todo *todo)
{
	struct dot1x_client *c;

	lockdep_assert_held(&port->lock);
	c = kmem_cache_zalloc(client_cache, GFP_ATOMIC | __GFP_NOWARN);
	if (!c)
		return NULL;
	c->key.port = port;
	ether_addr_copy(c->key.mac, mac);
	c->method = method;
	c->asked = DOT1X_ASKED_NOTHING;
	c->retry_when = DOT1X_NEVER;
	c->mab_when = DOT1X_NEVER;
	c->session_when = DOT1X_NEVER;
	timer_setup(&c->timer, dot1x_engine_timer, 0);
	dot1x_pacp_init(&c->pacp, &port->config.pacp, port->probe_identifier);
	if (xa_alloc_cyclic(&port->clients, &c->id, c, xa_limit_32b, &port->next_id,
			    GFP_ATOMIC | __GFP_NOWARN) < 0)
		goto err_free;
	if (rhashtable_insert_fast(&clients, &c->node, client_params))
		goto err_erase;
	port->count++;
	atomic_inc(&all_clients);
	atomic_inc(&port->dn->dump_seq);
	timer_delete(&port->timer);
	dot1x_event_client(c, DOT1X_EVENT_NEW, 0);
	return c;

err_erase:
	xa_erase(&port->clients, c->id);
err_free:
	/* A dump may have found it */
	c->dead = true;
	call_rcu(&c->rcu, client_free_rcu);
	return NULL;
}

/**
 * dot1x_client_open() - let it in
 * @c: not open; its port is locked
 * @todo: what is left to do
 */
void dot1x_client_open(struct dot1x_client *c, struct dot1x_todo *todo)
{
	struct dot1x_port *port = c->key.port;

	lockdep_assert_held(&port->lock);
	if (c->open)
		return;
	c->authorized_ms = dot1x_now_ms();
	port->authorized++;
	if (dot1x_single_host(port))
		rcu_assign_pointer(port->single, c);
	WRITE_ONCE(c->open, true);
	dot1x_port_update_gate(port, todo);
	dot1x_event_client(c, DOT1X_EVENT_STATUS, DOT1X_PORT_UNAUTHORIZED);
}

/**
 * dot1x_client_close() - let it in no more, from the next frame on
 * @c: its port is locked
 * @todo: what is left to do
 */
void dot1x_client_close(struct dot1x_client *c, struct dot1x_todo *todo)
{
	struct dot1x_port *port = c->key.port;

	lockdep_assert_held(&port->lock);
	if (!c->open)
		return;
	WRITE_ONCE(c->open, false);
	if (rcu_access_pointer(port->single) == c)
		RCU_INIT_POINTER(port->single, NULL);
	port->authorized--;
	dot1x_port_update_gate(port, todo);
	c->session_when = DOT1X_NEVER;
	dot1x_event_client(c, DOT1X_EVENT_STATUS, DOT1X_PORT_AUTHORIZED);
}

/**
 * dot1x_client_kill() - forget a client
 * @c: alive; its port is locked
 * @todo: what is left to do
 */
void dot1x_client_kill(struct dot1x_client *c, struct dot1x_todo *todo)
{
	struct dot1x_port *port = c->key.port;

	dot1x_engine_disable(c, todo);
	dot1x_client_close(c, todo);
	dot1x_event_client(c, DOT1X_EVENT_DEL, 0);
	c->dead = true;
	timer_delete(&c->timer);
	rhashtable_remove_fast(&clients, &c->node, client_params);
	xa_erase(&port->clients, c->id);
	atomic_dec(&all_clients);
	atomic_inc(&port->dn->dump_seq);
	if (!--port->count)
		dot1x_port_no_clients(port);
	call_rcu(&c->rcu, client_free_rcu);
}

/**
 * dot1x_client_kill_all() - forget all clients of a port
 * @port: the port; locked
 * @todo: what is left to do
 */
void dot1x_client_kill_all(struct dot1x_port *port, struct dot1x_todo *todo)
{
	struct dot1x_client *c;
	unsigned long id;

	xa_for_each(&port->clients, id, c)
		dot1x_client_kill(c, todo);
}

/**
 * dot1x_client_init() - make what all clients share
 *
 * Return: 0 or -errno.
 */
int dot1x_client_init(void)
{
	int err;

	client_cache = KMEM_CACHE(dot1x_client, SLAB_HWCACHE_ALIGN | SLAB_ACCOUNT);
	if (!client_cache)
		return -ENOMEM;
	err = rhashtable_init(&clients, &client_params);
	if (err)
		kmem_cache_destroy(client_cache);
	return err;
}

/**
 * dot1x_client_exit() - free it; no client is left and no callback is pending
 */
void dot1x_client_exit(void)
{
	rhashtable_destroy(&clients);
	kmem_cache_destroy(client_cache);
}
