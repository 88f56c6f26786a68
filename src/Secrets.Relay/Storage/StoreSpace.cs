namespace Secrets.Relay.Storage;

/// <summary>Decides from quota and free disk which new writes have room. The large class is refused first.</summary>
internal sealed class StoreSpace
{
    // the large class ends at nine tenths of the quota, and at twice the reserve
    private const int LargeTenths = 9;

    private static readonly TimeSpan DiskInterval = TimeSpan.FromSeconds(1);

    private readonly BoxStoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly DriveInfo _disk;
    private long _lastLook;
    private long _free = long.MaxValue;

    /// <summary>Watches the disk of the data folder.</summary>
    public StoreSpace(BoxStoreOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _disk = new DriveInfo(options.Folder);
    }

    /// <summary>The level at this many bytes in use; asks the disk once a second at most.</summary>
    public FullLevel Measure(long usedBytes)
    {
        if (_lastLook == 0 || _clock.GetElapsedTime(_lastLook) >= DiskInterval)
        {
            _lastLook = _clock.GetTimestamp();
            _free = ReadFree();
        }
        if (_free < _options.ReserveBytes || (_options.QuotaBytes > 0 && usedBytes >= _options.QuotaBytes))
            return FullLevel.All;
        var largeEnds = _options.QuotaBytes / 10 * LargeTenths;
        return _free < _options.ReserveBytes * 2 || (_options.QuotaBytes > 0 && usedBytes >= largeEnds) ? FullLevel.Large : FullLevel.None;
    }

    private long ReadFree()
    {
        try
        {
            return _disk.AvailableFreeSpace;
        }
        catch (IOException)
        {
            return long.MaxValue; // a disk that can't say is written to until it refuses
        }
    }
}
