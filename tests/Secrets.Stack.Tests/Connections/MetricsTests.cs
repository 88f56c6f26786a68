using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Secrets.Stack.Tests.Connections;

/// <summary>What the meter tells its listeners, and what it never does.</summary>
public class MetricsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_is_counted_and_no_tag_names_anybody()
    {
        var seen = new ConcurrentDictionary<(string Name, string Direction, string Reason), long>();
        var tags = new ConcurrentDictionary<string, string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Secrets.Stack")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, given, _) =>
        {
            var (direction, reason) = ("", "");
            foreach (var (key, tag) in given)
            {
                tags[$"{key}={tag}"] = instrument.Name;
                (direction, reason) = key == "direction" ? ((string)tag!, reason) : (direction, (string)tag!);
            }

            _ = seen.AddOrUpdate((instrument.Name, direction, reason), value, (_, before) => instrument.IsObservable ? value : before + value);
        });
        listener.Start();

        // other tests count at the same time: at least what happened here must be there
        await using (var test = new TestNode())
        {
            await using var peer = await test.ConnectAsync();
            _ = await peer.CallAsync<string>("harness.echo", ["nobody's business"], Token);
            _ = await peer.SourceAsync<int>("harness.count", [3], Token).ToListAsync(Token);
            listener.RecordObservableInstruments();
            Assert.True(seen[("secrets.stack.connections", "in", "")] >= 1);
            Assert.True(seen[("secrets.stack.connections", "out", "")] >= 1);
            _ = await Assert.ThrowsAsync<StackException>(async () => await test.ConnectAsync(options => options.AppKey = AppKey.FromName("other"u8)));
            _ = await test.LastServed;
        }

        foreach (var name in new[] { "calls", "streams", "bytes" })
        {
            Assert.True(seen[($"secrets.stack.{name}", "in", "")] >= 1, name);
            Assert.True(seen[($"secrets.stack.{name}", "out", "")] >= 1, name);
        }

        Assert.True(seen[("secrets.stack.handshakes.refused", "in", nameof(StackError.BadChallenge))] >= 1);
        Assert.True(seen[("secrets.stack.handshakes.refused", "out", nameof(StackError.HandshakeClosed))] >= 1);
        Assert.True(seen[("secrets.stack.connections.ended", "in", nameof(StackError.Closed))] >= 1);
        string[] allowed = ["direction=in", "direction=out", .. Enum.GetNames<StackError>().Select(error => $"reason={error}")];
        Assert.Empty(tags.Keys.Except(allowed, StringComparer.Ordinal));
    }
}
