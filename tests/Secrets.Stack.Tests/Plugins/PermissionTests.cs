namespace Secrets.Stack.Tests.Plugins;

public class PermissionTests
{
    [Fact]
    public void Nothing_is_allowed_by_default()
    {
        Assert.False(StackPermissions.Allow().Allows("boxes.cells"));
        var table = new MethodTable();
        table.Add(new Plugin("boxes") { ["cells"] = Rpc.Duplex(_ => default) });
        Assert.False(table.Anonymous.Allows("boxes.cells"));
        table.Add(CorePlugin.Create());
        Assert.True(table.Anonymous.Allows("manifest"));
        Assert.False(table.Anonymous.Allows("auth"));
    }

    [Fact]
    public void A_name_opens_a_method_or_its_group_and_no_longer_name()
    {
        var permissions = StackPermissions.Allow("boxes", "vaults.get");
        Assert.True(permissions.Allows("boxes.cells"));
        Assert.True(permissions.Allows("boxes.deep.cells"));
        Assert.False(permissions.Allows("boxesAll.cells"));
        Assert.True(permissions.Allows("vaults.get"));
        Assert.False(permissions.Allows("vaults.getAll"));
        Assert.False(permissions.Allows("vaults"));
    }

    [Fact]
    public void What_is_denied_is_denied_whatever_is_allowed()
    {
        Assert.False(StackPermissions.Everything.Except("admin").Allows("admin.stop"));
        Assert.True(StackPermissions.Everything.Except("admin.stop").Allows("admin.state"));
        Assert.False(StackPermissions.Allow("admin").Except("admin.stop").Allows("admin.stop"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.")]
    [InlineData("a..b")]
    [InlineData("constructor")]
    [InlineData("a.__proto__")]
    [InlineData("a,b")]
    public void A_path_has_names_and_dots(string path)
    {
        Assert.False(MethodPath.IsPath(path));
        Assert.Throws<ArgumentException>(() => StackPermissions.Allow(path));
    }

    [Fact]
    public void A_method_is_there_once_and_is_no_group()
    {
        var table = new MethodTable();
        var first = new Plugin("a") { ["b"] = Rpc.Async(_ => ValueTask.FromResult(1)) };
        table.Add(first);
        Assert.Throws<ArgumentException>(() => table.Add(first));
        Assert.Throws<ArgumentException>(() => table.Add(new Plugin("a") { ["b.c"] = Rpc.Sync(_ => 1) }));
        Assert.Throws<ArgumentException>(() => table.Add(new Plugin("") { ["a"] = Rpc.Sync(_ => 1) }));
        Assert.Throws<ArgumentException>(() => first["b"] = Rpc.Sync(_ => 1));
    }
}
