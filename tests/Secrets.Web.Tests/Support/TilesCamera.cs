namespace Secrets.Web.Tests.Support;

/// <summary>A camera that sees a wall of black and white tiles: a file, 320 by 180 points in YUV4MPEG2, that Chromium plays over and over.</summary>
internal sealed class TilesCamera : IDisposable
{
    private const int Width = 320;
    private const int Height = 180;
    private const int Tile = 10;

    private readonly string _folder = Directory.CreateTempSubdirectory("secrets-camera-").FullName;

    public TilesCamera()
    {
        var grey = Enumerable.Range(0, Width * Height).Select(static i => (byte)(((i % Width / Tile) + (i / Width / Tile)) % 2 == 0 ? 16 : 235)).ToArray();
        var colour = Enumerable.Repeat((byte)128, Width * Height / 2).ToArray();
        using var file = System.IO.File.Create(File);
        file.Write("YUV4MPEG2 W320 H180 F10:1 Ip A1:1 C420\n"u8);
        for (var i = 0; i < 10; i++)
        {
            file.Write("FRAME\n"u8);
            file.Write(grey);
            file.Write(colour);
        }
    }

    public string File => Path.Combine(_folder, "tiles.y4m");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
