using System.Runtime.InteropServices;
using System.Threading.Channels;
using Secrets.Client;
using Secrets.Console.Cli;
using Secrets.Store;

namespace Secrets.Console.Tui;

/// <summary>Runs the screen: takes what happens, one thing after the other, lets the reducer decide, does what it says, draws.</summary>
internal sealed class TuiLoop(SecretsClient client, TuiState state, AnsiScreen screen) : IDisposable
{
    private static readonly TimeSpan SecretLife = TimeSpan.FromDays(14);

    // unbounded: its writers are a person, a window and a client whose own queue is bounded
    private readonly Channel<TuiInput> _inputs = Channel.CreateUnbounded<TuiInput>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Task> _work = [];
    private Exception? _failureSaid;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var asked = cancellationToken.Register(() => Post(new TuiInput.Ended()));
        using var resized = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Post(SizeNow()));
        using var woken = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => Post(new TuiInput.Spoiled()));
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            Post(new TuiInput.Ended());
        });
        _work.Add(ListenAsync(client.ListenAsync(_ending.Token)));
        Post(SizeNow());
        Do(new TuiEffect.LoadChats());
        StartKeys();
        try
        {
            await TakeAsync().ConfigureAwait(false);
        }
        finally
        {
            await _ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(_work).ConfigureAwait(false);
        }
    }

    public void Dispose() => _ending.Dispose();

    private async Task TakeAsync()
    {
        while (await _inputs.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (_inputs.Reader.TryRead(out var input))
            {
                foreach (var effect in TuiReducer.Apply(state, input))
                {
                    if (effect is TuiEffect.Quit)
                        return;
                    if (effect is TuiEffect.Redraw)
                        screen.Reset();
                    else
                        Do(effect);
                }
            }
            _ = _work.RemoveAll(w => w.IsCompletedSuccessfully);
            if (client.LastFailure is { } failure && !ReferenceEquals(failure, _failureSaid))
            {
                _failureSaid = failure;
                Post(new TuiInput.Refused(new TuiEffect.Redraw(), failure is StoreException stored ? Sentences.Of(stored) : "A step in the background failed; nothing was lost.", ClientError.None));
            }
            screen.Show(TuiDrawing.Draw(state));
        }
    }

    private void Post(TuiInput input) => _ = _inputs.Writer.TryWrite(input);

    private static TuiInput.Resized SizeNow() => new(System.Console.WindowWidth, System.Console.WindowHeight);

    /// <summary>Reading a key blocks, so it has a thread of its own, which the end of the program ends.</summary>
    private void StartKeys()
    {
        System.Console.TreatControlCAsInput = true;
        var reader = new KeyReader(() => System.Console.ReadKey(intercept: true), () => System.Console.KeyAvailable);
        var thread = new Thread(() =>
        {
            try
            {
                while (true)
                    Post(new TuiInput.Pressed(reader.Next()));
            }
            catch (Exception failure) when (failure is InvalidOperationException or IOException)
            {
                Post(new TuiInput.Ended()); // the terminal is gone
            }
        })
        { IsBackground = true, Name = "keys" };
        thread.Start();
    }

    private async Task ListenAsync(IAsyncEnumerable<Secrets.Client.Events.ClientEvent> events)
    {
        try
        {
            await foreach (var happened in events.ConfigureAwait(false))
                Post(new TuiInput.Happened(happened));
        }
        catch (OperationCanceledException)
        {
            // the screen is closed
        }
    }

    private void Do(TuiEffect effect) => _work.Add(DoAsync(effect));

    private async Task DoAsync(TuiEffect effect)
    {
        try
        {
            await AskAsync(effect, _ending.Token).ConfigureAwait(false);
        }
        catch (ClientException refused)
        {
            Post(new TuiInput.Refused(effect, Sentences.Of(refused.Code), refused.Code));
        }
        catch (StoreException failure)
        {
            Post(new TuiInput.Refused(effect, Sentences.Of(failure), ClientError.None));
        }
        catch (OperationCanceledException)
        {
            // the screen is closed
        }
    }

    private async Task AskAsync(TuiEffect effect, CancellationToken cancellationToken)
    {
        switch (effect)
        {
            case TuiEffect.LoadChats:
                Post(new TuiInput.RelaysLoaded(await client.GetRelaysAsync(cancellationToken).ConfigureAwait(false)));
                Post(new TuiInput.ChatsLoaded(await client.GetChatsAsync(cancellationToken).ConfigureAwait(false)));
                break;
            case TuiEffect.LoadMessages load:
                Post(new TuiInput.MessagesLoaded(load.Chat, await client.GetMessagesAsync(load.Chat, since: null, cancellationToken).ConfigureAwait(false)));
                break;
            case TuiEffect.MarkRead read:
                await client.MarkReadAsync(read.Chat, cancellationToken).ConfigureAwait(false);
                break;
            case TuiEffect.Send send:
                _ = await client.SendAsync(send.Chat, send.Text, cancellationToken).ConfigureAwait(false);
                break;
            case TuiEffect.Rename rename:
                await client.RenameChatAsync(rename.Chat, rename.Name, cancellationToken).ConfigureAwait(false);
                break;
            case TuiEffect.Create create:
                var made = await client.CreateChatAsync(create.Name, SecretLife, cancellationToken).ConfigureAwait(false);
                Post(new TuiInput.Entered(made));
                await AskAsync(new TuiEffect.ShowSecret(made.Id), cancellationToken).ConfigureAwait(false);
                break;
            case TuiEffect.ShowSecret show:
                await ShowSecretAsync(show.Chat, cancellationToken).ConfigureAwait(false);
                break;
            case TuiEffect.Join join:
                Post(new TuiInput.Entered(await client.JoinChatAsync(join.Secret, join.Name, direct: false, join.AllowOtherRelays, cancellationToken).ConfigureAwait(false)));
                Post(new TuiInput.Said("You are in. Say something."));
                break;
            case TuiEffect.AddSecret add:
                await client.AddSecretAsync(add.Chat, add.Secret, name: null, add.Direct, add.AllowOtherRelays, cancellationToken).ConfigureAwait(false);
                Post(new TuiInput.Said("The secret is entered."));
                break;
            case TuiEffect.Verify verify:
                await client.VerifyAsync(verify.Chat, verify.Number, cancellationToken).ConfigureAwait(false);
                Post(new TuiInput.Said("Verified."));
                break;
        }
    }

    private async Task ShowSecretAsync(ChatId chat, CancellationToken cancellationToken)
    {
        var secret = await client.GetSecretAsync(chat, SecretLife, renew: false, cancellationToken).ConfigureAwait(false);
        var view = await client.GetChatAsync(chat, cancellationToken).ConfigureAwait(false);
        Post(new TuiInput.SecretReady(view, secret, isUpdate: false));
        if (secret.AtRelay)
            return;
        _ = await client.SyncAsync(cancellationToken).ConfigureAwait(false);
        secret = await client.GetSecretAsync(chat, SecretLife, renew: false, cancellationToken).ConfigureAwait(false);
        Post(new TuiInput.SecretReady(view, secret, isUpdate: true));
    }
}
