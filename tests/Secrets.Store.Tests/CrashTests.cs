using System.Globalization;

namespace Secrets.Store.Tests;

/// <summary>E-25: a crash or a full disk at every operation; decision 23: one transaction for facts and slots.</summary>
public class CrashTests
{
    private const int Steps = 14;
    private const int Purged = 2;
    private static readonly SlotId Index = World.Slot(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task E25_After_a_power_failure_at_any_operation_everything_acknowledged_is_there(int seed)
    {
        var failAt = 1;
        for (; ; failAt += Cases.Share)
        {
            var world = new World((ulong)seed) { Options = World.Cheap(packThreshold: 3000) };
            var disk = new FaultyDisk { FailAt = failAt };
            var script = new Script(world);
            var hasCrashed = await RunAsync(script, disk);
            if (!hasCrashed)
                break;
            var files = disk.AfterPowerFailure(new TestRandom((ulong)(seed * 10_000 + failAt)));
            await CheckAsync(script, files, $"operation {failAt} of seed {seed}");
        }
        Assert.True(failAt > 100, failAt.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public async Task A_full_disk_loses_nothing_and_what_was_refused_is_not_seen(int refusals, bool isDatabase)
    {
        for (var failAt = 1; ; failAt += Cases.Share)
        {
            var world = new World { Options = World.Cheap(packThreshold: 3000) };
            var disk = new FaultyDisk { FailAt = failAt, RefusalCount = refusals, FlushesAreAtomic = isDatabase };
            var script = new Script(world);
            await script.RunAsync(disk);
            await CheckAsync(script, disk.AfterPowerFailure(new TestRandom((ulong)failAt)), $"refusal at {failAt}");
            if (disk.Operations < failAt)
                break;
        }
    }

    private static async Task<bool> RunAsync(Script script, FaultyDisk disk)
    {
        try
        {
            await script.RunAsync(disk);
            return disk.IsDead;
        }
        catch (PowerFailureException)
        {
            return true;
        }
    }

    private static async Task CheckAsync(Script script, MemoryFiles files, string where)
    {
        if (!script.IsCreated && !await IdentityStore.ExistsAsync(new MemoryBackend(files), CancellationToken.None))
            return;
        var store = await script.OpenAfterAsync(files);
        await using (store)
        {
            script.CheckKeys(store, where);
            await script.CheckPurgeAsync(store, files, where);
            Assert.True(store.Damage.Count == 0, $"{where}: {string.Join(", ", store.Damage)}");
            var slot = World.SlotOf(store, Index);
            var index = slot is null ? -1 : BitConverter.ToInt32(slot);
            Assert.True(index >= script.AcknowledgedIndex, $"{where}: index {index}, acknowledged {script.AcknowledgedIndex}");
            for (var i = 0; i < Steps; i++)
            {
                // the message of a step and the index that it used are there together or not at all
                var isThere = store.Facts.Contains(script.Messages[i]);
                Assert.True(isThere || !script.Acknowledged.Contains(i) || (i == Purged && script.IsPurging), $"{where}: message {i} is lost");
                Assert.True(!isThere || index >= i, $"{where}: message {i} without its index");
                Assert.False(isThere && script.Refused.Contains(i), $"{where}: message {i} was refused");
            }
            if (script.IsErased)
                Assert.Null(World.SlotOf(store, World.Slot(2)));

            // and it goes on
            await World.AssertAsync(store, script.Messages[0], World.Name, FactValue.Text("after"));
        }
    }

    private sealed class Script(World world)
    {
        private readonly HashSet<int> _acknowledged = [];
        private readonly StoreRecoveryKey _recovery = StoreRecoveryKey.Generate(world.Random);
        private readonly StoreDeviceKey _device = StoreDeviceKey.Generate(world.Random);
        private StoreKeySlot _recoverySlot;
        private bool _isChanged;
        private bool _isPurging;
        private bool _isPurged;
        private bool _isRemoving;
        private bool _isRemoved;

        public bool IsCreated { get; private set; }

        public bool IsErased { get; private set; }

        public int AcknowledgedIndex { get; private set; } = -1;

        public HashSet<int> Acknowledged => _acknowledged;

        public HashSet<int> Refused { get; } = [];

        public EntityId[] Messages { get; } = [.. Enumerable.Range(0, Steps).Select(_ => world.NewEntity(World.Message))];

        public async Task RunAsync(FaultyDisk disk)
        {
            try
            {
                await using (var store = await world.CreateAsync(disk.Open()))
                {
                    IsCreated = true;
                    for (var i = 0; i < Steps / 2; i++)
                        await StepAsync(store, i);
                    await TryAsync(async () => _recoverySlot = await store.AddRecoveryKeyAsync(World.Password, _recovery, CancellationToken.None));
                    await TryAsync(() => store.AddDeviceKeyAsync(_device.PublicKey(), CancellationToken.None));
                    await TryAsync(() => store.ChangePasswordAsync(World.Password, World.OtherPassword, CancellationToken.None));
                }
                await using var again = await OpenEitherAsync(disk.Open());
                for (var i = Steps / 2; i < Steps - 1; i++)
                    await StepAsync(again, i);
                _isPurging = true;
                _isPurged = await TryAsync(() => again.PurgeAsync([Messages[Purged]], CancellationToken.None));
                await StepAsync(again, Steps - 1);
                if (_recoverySlot == default)
                    return;
                _isRemoving = true;
                _isRemoved = await TryAsync(() => again.RemoveKeySlotAsync(_isChanged ? World.OtherPassword : World.Password, _recoverySlot, CancellationToken.None));
            }
            catch (StoreException e) when (e.Code == StoreError.WriteFailed)
            {
                // creating or opening was refused
            }
        }

        public Task<IdentityStore> OpenAfterAsync(MemoryFiles files) => OpenEitherAsync(new MemoryBackend(files));

        /// <summary>A slot that was added stays through everything; one that was removed opens nothing.</summary>
        public void CheckKeys(IdentityStore store, string where)
        {
            // one whose adding was refused may be there all the same, as its rename may have happened
            var isThere = store.OtherKeySlots.Any(slot => slot.Kind == StoreKeySlotKind.Recovery);
            Assert.True(isThere || _isRemoving || _recoverySlot == default, $"{where}: the slot is lost");
            Assert.False(isThere && _isRemoved, $"{where}: the slot is there again");
            if (isThere)
                Assert.Null(store.OpenBackupRoot(_recovery));
            else
                Assert.Equal(StoreError.WrongKey, Assert.Throws<StoreException>(() => store.OpenBackupRoot(_recovery)).Code);
        }

        public bool IsPurging => _isPurging;

        /// <summary>What was purged is purged as a whole, and once the store was opened it is in no file.</summary>
        public async Task CheckPurgeAsync(IdentityStore store, MemoryFiles files, string where)
        {
            var isThere = store.Facts.Contains(Messages[Purged]);
            Assert.False(isThere && _isPurged, $"{where}: what was purged is there again");
            if (isThere || !_isPurging)
                return;
            var uuid = new byte[EntityId.UuidSize];
            Messages[Purged].WriteUuid(uuid);
            var nodes = await Thief.NodesAsync(files, _isChanged ? World.OtherPassword : World.Password);
            Assert.DoesNotContain(nodes, node => node.Bytes.Span.IndexOf(uuid) >= 0);
            Assert.NotEmpty(nodes);
        }

        private async Task<IdentityStore> OpenEitherAsync(IStoreBackend backend)
        {
            try
            {
                return await world.OpenAsync(backend);
            }
            catch (StoreException e) when (e.Code == StoreError.WrongPassword)
            {
                _isChanged = true;
                return await world.OpenAsync(backend, World.OtherPassword);
            }
        }

        private async Task StepAsync(IdentityStore store, int i)
        {
            using var t = store.Begin();
            t.Assert(Messages[i], World.Text, FactValue.Text($"message {i}"));
            t.Assert(Messages[i], World.Name, FactValue.Bytes(new byte[1500]));
            t.PutSlot(Index, BitConverter.GetBytes(i));
            if (i == 3)
                t.PutSlot(World.Slot(2), "secret"u8);
            if (i == 5)
                t.EraseSlot(World.Slot(2));
            if (await TryAsync(() => t.CommitAsync(CancellationToken.None)))
            {
                _acknowledged.Add(i);
                AcknowledgedIndex = i;
                IsErased |= i == 5;
            }
            else if (!store.IsReadOnly)
            {
                Refused.Add(i);
            }
        }

        private static async Task<bool> TryAsync(Func<Task> action)
        {
            try
            {
                await action();
                return true;
            }
            catch (StoreException e) when (e.Code is StoreError.WriteFailed or StoreError.ReadOnly or StoreError.NotErased)
            {
                return false;
            }
        }
    }
}
